"""Tokens: a Slack that does not answer is waited for, one that refuses is not asked again."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from intake.listening import _open_socket
from localslack.kinds import APP_TOKEN, BOT_TOKEN
from localslack.server import LocalSlack
from localslack.workspace import Workspace
from onemachine.ports import any_free
from runtime import slack as runtime_slack
from runtime.settings import SettingsError, SlackSettings
from runtime.slack import slack_client, until_accepted


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime_slack, "FIRST_PAUSE", 0.01)


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    async with LocalSlack(Workspace()) as slack:
        yield slack


def settings(slack: LocalSlack) -> SlackSettings:
    return SlackSettings(BOT_TOKEN, APP_TOKEN, slack.api_url)


async def test_a_slack_in_trouble_is_asked_again(slack: LocalSlack) -> None:
    slack.faults.fail("auth.test", error="internal_error")
    slack.faults.fail("auth.test", status=503)
    slack.faults.fail("auth.test", lose_answer=True)

    async with slack_client(settings(slack)) as client:
        await until_accepted("SLACK_BOT_TOKEN", client.auth_test)

    assert len(slack.faults.called("auth.test")) == 4


@pytest.mark.parametrize("code", ["invalid_auth", "token_expired", "not_allowed_token_type"])
async def test_a_token_that_is_refused_is_named_at_once(slack: LocalSlack, code: str) -> None:
    slack.faults.fail("auth.test", error=code)

    async with slack_client(settings(slack)) as client:
        with pytest.raises(SettingsError, match=rf"^SLACK_BOT_TOKEN: Slack refuses it \({code}\)"):
            await until_accepted("SLACK_BOT_TOKEN", client.auth_test)

    assert len(slack.faults.called("auth.test")) == 1


async def test_the_socket_opens_once_slack_is_there(
    slack: LocalSlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    slack.faults.fail("apps.connections.open", error="internal_error")
    slack.faults.fail("apps.connections.open", status=502)

    async with slack_client(settings(slack)) as client:
        handler = AsyncSocketModeHandler(AsyncApp(client=client), APP_TOKEN)
        await until_accepted("SLACK_APP_TOKEN", partial(_open_socket, handler))
        assert await handler.client.is_connected()
        await handler.close_async()


async def test_a_slack_that_is_not_there_yet_is_waited_for() -> None:
    port = any_free()
    there = LocalSlack(Workspace(), port=port)

    async with slack_client(
        SlackSettings(BOT_TOKEN, "", f"http://127.0.0.1:{port}/api/")
    ) as client:

        async def ask() -> None:
            try:
                await client.auth_test()
            except OSError:
                await there.__aenter__()
                raise

        await until_accepted("SLACK_BOT_TOKEN", ask)

    assert len(there.faults.called("auth.test")) == 1
    await there.__aexit__(None, None, None)
