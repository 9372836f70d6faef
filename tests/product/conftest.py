"""The whole product around one real Temporal server, with a register and a Slack for each test."""

import itertools
import shutil
import string
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from temporalio.testing import WorkflowEnvironment

from domain.organisation import Audits, Organisation
from drill.player import Player
from drill.server import skipping_server
from drill.stack import Stack
from runtime.settings import organisation as load_organisation
from tests.browsers import running_browser
from tests.mailserver import MailServer, mail_server, smtp_of

_PREFIXES = ("".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3))


@pytest.fixture(scope="session")
async def server() -> AsyncIterator[WorkflowEnvironment]:
    async with await skipping_server() as env:
        yield env


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with running_browser() as chromium:
        yield chromium


@pytest.fixture
def organisation() -> Organisation:
    """References that no other test has, since all tests share one server."""
    prefix = next(_PREFIXES)
    audits = Audits(reference_prefix=f"AU{prefix}")
    return load_organisation({}).model_copy(update={"reference_prefix": prefix, "audits": audits})


@pytest.fixture
async def stack(
    server: WorkflowEnvironment, tmp_path: Path, organisation: Organisation, empty_register: Path
) -> AsyncIterator[Stack]:
    shutil.copy(empty_register, tmp_path)
    queue = f"breaches-{organisation.reference_prefix}"
    async with Stack(server.client, tmp_path, organisation, task_queue=queue) as running:
        yield running


def mailed_at_once(organisation: Organisation) -> Organisation:
    """E-mail takes over at once."""
    at_once = organisation.email.model_copy(update={"after_minutes": 0})
    return organisation.model_copy(update={"email": at_once})


@pytest.fixture
async def mails() -> AsyncIterator[MailServer]:
    """A mail server, for tests whose `stack` is `stack_with_mail`."""
    async with mail_server() as running:
        yield running


@pytest.fixture
async def stack_with_mail(
    server: WorkflowEnvironment,
    tmp_path: Path,
    organisation: Organisation,
    empty_register: Path,
    mails: MailServer,
) -> AsyncIterator[Stack]:
    shutil.copy(empty_register, tmp_path)
    queue = f"breaches-{organisation.reference_prefix}"
    async with Stack(
        server.client, tmp_path, organisation, task_queue=queue, smtp=smtp_of(mails)
    ) as running:
        yield running


@pytest.fixture
def player(server: WorkflowEnvironment, stack: Stack) -> Player:
    return Player(server, stack)
