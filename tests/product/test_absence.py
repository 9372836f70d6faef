"""Who is away says so at the Home tab, and alarms go to those who are there."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from domain.absence import Absence, london_day
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Person
from register.absences import Absences
from tests.product import answers
from tests.product.answers import GENERAL, OST

ALONE = "so this comes to you"


def in_days(days: int) -> str:
    return (london_day(datetime.now(UTC)) + timedelta(days=days)).isoformat()


async def away(stack: Stack, *users: str) -> None:
    """These people are away, from yesterday for a month."""
    now = datetime.now(UTC)
    first, last = now - timedelta(days=1), now + timedelta(days=30)
    for user in users:
        absence = Absence(user_id=user, first_day=london_day(first), last_day=london_day(last))
        await stack.absences.keep(absence, now)


async def go_away(person: Person, first: str, last: str) -> dict[str, str]:
    """Fills in the form at the Home tab; what it says is wrong."""
    await person.home()
    home = await person.wait_for_home("Away", 10)
    await person.press(home, "away")
    form = await person.modal("I'm away")
    return (await person.submit(form, {"first_day": first, "last_day": last})).errors


async def heard(stack: Stack, who: str, words: str) -> int:
    person = stack.person(who)
    return sum(words in message.text() for message in await person.dm_with_app())


async def test_an_absence_is_set_changed_and_ended_early(stack: Stack) -> None:
    owen = stack.person("owen")
    assert await go_away(owen, in_days(2), in_days(4)) == {}
    await owen.wait_for_home("You will be away", 10)
    assert await go_away(owen, in_days(0), in_days(4)) == {}
    home = await owen.wait_for_home("You are away", 10)
    assert await stack.absences.away(["U0OWEN"], datetime.now(UTC)) == {"U0OWEN"}

    await owen.press(home, "back")

    await owen.wait_for_home("You are here", 10)
    assert await stack.absences.of("U0OWEN", datetime.now(UTC)) is None


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (3, 2, "last_day", "before the first day"),
        (0, 400, "last_day", "over a year away"),
        (-3, 2, "first_day", "has passed"),
        (0, -1, "last_day", "has passed"),
    ],
)
async def test_impossible_days_are_named_at_their_field(
    stack: Stack, first: int, last: int, field: str, words: str
) -> None:
    errors = await go_away(stack.person("owen"), in_days(first), in_days(last))

    assert list(errors) == [field]
    assert words in errors[field]
    assert await stack.absences.of("U0OWEN", datetime.now(UTC)) is None


async def test_whoever_is_away_is_left_out_while_others_of_the_step_are_there(
    stack: Stack, player: Player
) -> None:
    await away(stack, "U0MAYA")
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)

    said = await stack.person("tom").wait_for_dm("is overdue", 10)

    assert ALONE not in said.text()
    assert await heard(stack, "maya", "is overdue") == 0
    assert await heard(stack, "daniel", "is overdue") == 0


async def test_with_everyone_in_a_step_away_the_next_one_hears_at_once_and_why(
    stack: Stack, player: Player
) -> None:
    await away(stack, "U0MAYA", "U0TOM")
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)

    said = (await stack.person("daniel").wait_for_dm("is overdue", 10)).text()

    assert "Everyone in OST lead and Security & Information Manager of the Area is away" in said
    assert ALONE in said
    for who in ("maya", "tom"):
        assert await heard(stack, who, "is overdue") == 0


async def test_an_empty_group_is_passed_over_as_well(stack: Stack, player: Player) -> None:
    for group in stack.slack.slack.directory.groups.values():
        if group.id in ("S0LEADS", "S0SIM13"):
            group.members.clear()
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)

    assert ALONE in (await stack.person("daniel").wait_for_dm("is overdue", 10)).text()


async def test_with_the_whole_chain_away_the_channel_hears_of_it(
    stack: Stack, player: Player
) -> None:
    await away(stack, "U0MAYA", "U0TOM", "U0DANIEL")
    await player.report("priya", GENERAL, answers.REPORT)
    await player.pass_time(24.1)

    said = await stack.person("owen").wait_for_message(OST, "Everyone who should hear of this", 10)

    assert f"OST review of {player.reference} is overdue" in said.text()
    assert await heard(stack, "daniel", "is overdue") == 0


async def test_a_reminder_goes_to_the_channel_while_whoever_has_the_case_is_away(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.press("owen", OST, "claim")
    await away(stack, "U0OWEN")
    await player.pass_time(12.1)

    await player.sees("maya", OST, f"OST review of {player.reference} is due")

    assert await heard(stack, "owen", "is due") == 0


async def test_when_the_register_cannot_say_who_is_away_everybody_hears(
    stack: Stack, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("the database is gone"))

    await away(stack, "U0MAYA")
    await player.report("priya", GENERAL, answers.REPORT)
    monkeypatch.setattr(Absences, "away", gone)
    await player.pass_time(24.1)

    for who in ("maya", "tom"):
        await stack.person(who).wait_for_dm("is overdue", 10)


async def test_an_absence_takes_nobody_s_right_to_decide(stack: Stack, player: Player) -> None:
    await away(stack, "U0DANIEL")
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)

    await player.fill("grace", "breach-dpo", "ico_decision", "ICO decision", answers.NOTIFY)

    assert (await player.case()).notify is True


async def test_ost_sees_who_is_away_and_a_reporter_does_not(stack: Stack) -> None:
    await away(stack, "U0DANIEL")
    owen, priya = stack.person("owen"), stack.person("priya")
    for person in (owen, priya):
        await person.home()
    assert "@Daniel Reed until" in (await owen.wait_for_home("Others who are away", 10)).text()
    assert "Daniel Reed" not in (await priya.wait_for_home("You are here", 10)).text()
