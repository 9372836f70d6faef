"""Refusing a step, so that whoever asked can read why from the error's details."""

from temporalio import workflow
from temporalio.exceptions import ApplicationError

with workflow.unsafe.imports_passed_through():
    from domain.refusal import Refusal


def raise_refusal(refused: Refusal | None) -> None:
    """Raises the refusal, if there is one.

    What it says stands in its details alone: of a referral, operators read no word.

    Raises:
        ApplicationError: of the type `Refused`.
    """
    if refused:
        raise ApplicationError("refused", refused, type="Refused", non_retryable=True)
