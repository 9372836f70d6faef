"""Who holds which role, by a Slack that is asked: outsiders none, and decisions by what is now."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from chat.directory import AT_ONCE, BUSY_S, JUST_S, KEPT_S, Directory
from chat.ports import NotCheckedError
from domain.refusal import Bar
from domain.taxonomy import Role
from drill.stack import ROOT
from localslack.kinds import APP_TOKEN, BOT_TOKEN, BOT_USER_ID
from localslack.server import LocalSlack
from localslack.workspace import load_manifest, load_workspace
from runtime.settings import SlackSettings, organisation
from runtime.slack import slack_client


class Clock:
    """Seconds that pass when the test says so, and hardly ever by themselves."""

    now = 1000.0

    def __call__(self) -> float:
        self.now += 1e-6
        return self.now


@pytest.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    workspace = load_workspace(ROOT / "examples" / "local-workspace.toml")
    async with LocalSlack(workspace, load_manifest(ROOT / "slack-manifest.yaml")) as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def directory(slack: LocalSlack, clock: Clock) -> AsyncIterator[Directory]:
    settings = SlackSettings(BOT_TOKEN, APP_TOKEN, slack.api_url)
    async with slack_client(settings) as client:
        yield Directory(client, organisation({}), clock)


def ost(slack: LocalSlack) -> list[str]:
    groups = slack.slack.directory.groups.values()
    return next(each.members for each in groups if each.handle == "ost")


async def test_all_staff_are_known_by_address_and_by_id(
    slack: LocalSlack, directory: Directory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.directory.PAGE", 2)
    monkeypatch.setattr("chat.directory.PAUSE_S", 0)
    slack.slack.directory.people["U0TOM"].deactivated = True

    found = await directory.members_by_name()

    assert found["priya.shah@cps.example"] == found["U0PRIYA"] == "U0PRIYA"
    assert not {"U0TOM", BOT_USER_ID, ""} & {*found, *found.values()}


@pytest.mark.parametrize(
    ("flag", "bar"),
    [
        ("deactivated", Bar.DEACTIVATED),
        ("guest", Bar.GUEST),
        ("external", Bar.OTHER_WORKSPACE),
    ],
)
async def test_outsiders_in_a_group_hold_no_role(
    slack: LocalSlack, directory: Directory, flag: str, bar: Bar
) -> None:
    setattr(slack.slack.directory.people["U0OWEN"], flag, True)

    assert (await directory.actor("U0OWEN")).roles == ()
    assert directory.outsider("U0OWEN") is bar
    assert (await directory.actor("U0MAYA")).roles == (Role.OST, Role.OST_LEAD)
    assert directory.outsider("U0MAYA") is None


async def test_a_bot_holds_no_role(slack: LocalSlack, directory: Directory) -> None:
    ost(slack).append(BOT_USER_ID)

    assert (await directory.actor(BOT_USER_ID)).roles == ()
    assert directory.outsider(BOT_USER_ID) is Bar.BOT


@pytest.mark.parametrize("method", ["auth.test", "users.info", "usergroups.list"])
@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"error": "token_revoked"}, {"retry_after": 30}],
    ids=["broken", "refused", "rate limited"],
)
async def test_a_look_up_that_fails_is_no_answer_for_anybody(
    slack: LocalSlack, directory: Directory, method: str, fault: dict[str, object]
) -> None:
    slack.faults.fail(method, **fault)

    with pytest.raises(NotCheckedError):
        await directory.actor("U0OWEN")

    assert (await directory.actor("U0OWEN")).roles == (Role.OST,)


async def test_somebody_whom_slack_does_not_know_is_no_answer(directory: Directory) -> None:
    with pytest.raises(NotCheckedError):
        await directory.actor("U0NOBODY")


async def test_whoever_was_removed_a_moment_ago_decides_nothing(
    slack: LocalSlack, directory: Directory
) -> None:
    assert (await directory.actor("U0OWEN")).roles == (Role.OST,)
    ost(slack).remove("owen")

    assert (await directory.actor("U0OWEN")).roles == (Role.OST,)
    assert (await directory.actor("U0OWEN", decides=True)).roles == ()
    assert (await directory.actor("U0OWEN")).roles == ()


async def test_people_who_decide_at_the_same_moment_share_one_look_up(
    slack: LocalSlack, directory: Directory
) -> None:
    who = [each for each in slack.slack.directory.people for _ in range(6)]

    await asyncio.gather(*(directory.actor(each, decides=True) for each in who))

    assert len(slack.faults.called("usergroups.list")) <= 3


async def test_decisions_never_ask_slack_more_often_than_it_lets_us(
    slack: LocalSlack, directory: Directory, clock: Clock
) -> None:
    for _ in range(600):
        await directory.actor("U0OWEN", decides=True)
        clock.now += 0.1

    assert AT_ONCE < len(slack.faults.called("usergroups.list")) <= 20

    ost(slack).remove("owen")
    clock.now += BUSY_S
    assert (await directory.actor("U0OWEN", decides=True)).roles == ()


def test_what_the_documents_promise_is_what_is_kept() -> None:
    promised = " ".join((ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    for words in (
        f"once {AT_ONCE} look-ups were made within a minute",
        f"one that is at most {BUSY_S:.0f} seconds old",
        f"guest's or deactivated is at most {JUST_S:.0f} seconds old",
        f"both are at most {KEPT_S:.0f} seconds old",
    ):
        assert words in promised
