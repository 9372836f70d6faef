"""Docker waits longer for the worker than the worker waits for what it has in hand."""

from datetime import timedelta

from tests.deploy.stacks import Stack
from worker import GRACE


def test_the_worker_is_never_killed_while_it_drains(stack: Stack) -> None:
    minutes, _, seconds = stack["services"]["worker"]["stop_grace_period"].partition("m")
    patience = timedelta(minutes=int(minutes), seconds=int(seconds.removesuffix("s")))

    assert patience >= GRACE + timedelta(seconds=30)
