"""Every refusal for want of a right is recorded: who, what, which case, and why not."""

import asyncio
import json
import time

import pytest

from domain.refusal import Attempt, Bar
from domain.stage import stage_of
from domain.taxonomy import Stage
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message, Person, View
from register.refusals import Refused
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST
from tests.product.referrals import NOBODYS, TRIAGED, form, group, name_of, referred

NO_SUCH_CASE = "There is no such case, or it is not one of yours to see"
NOT_CHECKED = "could not check with Slack who you are"


async def recorded(stack: Stack, *expected: tuple[str, str, Bar, str | None]) -> list[Refused]:
    """Waits until exactly these refusals are in the register, whatever their order."""
    wanted = {Attempt(*each) for each in expected}
    for _ in range(200):
        found = list(await stack.refusals.find())
        if {each.attempt for each in found} == wanted:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError(f"{found} instead of {wanted}")


async def told(person: Person, channel: str, words: str, after: str = "") -> Message:
    """What only this person sees."""
    message = await person.wait_for_message(channel, words, after=after)
    assert message.ephemeral or channel.startswith("D")
    return message


async def card_of(stack: Stack, player: Player) -> Message:
    return await stack.person("owen").wait_for_message(OST, player.reference, 10)


def about(reference: str, number: int | None = None) -> str:
    return json.dumps({"reference": reference, "number": number})


async def review_form(stack: Stack, player: Player) -> View:
    owen = stack.person("owen")
    await owen.press(await card_of(stack, player), "review")
    return await owen.modal("OST review")


async def forge(stack: Stack, view: View, metadata: str) -> None:
    """Changes what a form says it is about, as a tampering client could."""
    body = stack.slack.slack.views.get(view.id)
    assert body is not None
    body.body = {**body.body, "private_metadata": metadata}


@pytest.mark.parametrize("press", ["claim", "review"])
@pytest.mark.parametrize(
    ("change", "bar"),
    [
        ("removed", Bar.NOT_IN_ROLE),
        ("guest", Bar.GUEST),
        ("external", Bar.OTHER_WORKSPACE),
        ("deactivated", Bar.DEACTIVATED),
    ],
)
async def test_outsiders_and_whoever_left_the_group(
    stack: Stack, player: Player, change: str, bar: Bar, press: str
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    card = await card_of(stack, player)
    if change == "removed":
        group(stack, "ost").members.remove("owen")
    else:
        setattr(stack.slack.slack.directory.people["U0OWEN"], change, True)

    await stack.person("owen").press_as_seen(card, press)

    (row,) = await recorded(stack, ("U0OWEN", press, bar, player.reference))
    assert row.times == 1
    assert (await player.case()).claim is None


async def test_removed_from_the_group_between_opening_the_form_and_submitting_it(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    view = await review_form(stack, player)
    group(stack, "ost").members.remove("owen")

    submission = await stack.person("owen").submit(view, answers.BREACH)

    (error,) = submission.errors.values()
    assert error.startswith("Only the Operational Security Team can review")
    await recorded(stack, ("U0OWEN", "review", Bar.NOT_IN_ROLE, player.reference))
    assert (await player.case()).review is None


async def test_deactivated_while_the_form_is_on_its_way(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    view = await review_form(stack, player)
    await asyncio.sleep(2.1)  # who somebody is, is kept for two seconds
    stack.slack.faults.fail("users.info", delay=0.4)

    submitting = asyncio.create_task(stack.person("owen").submit(view, answers.BREACH))
    await asyncio.sleep(0.1)
    stack.slack.slack.directory.people["U0OWEN"].deactivated = True

    assert not (await submitting).accepted
    await recorded(stack, ("U0OWEN", "review", Bar.DEACTIVATED, player.reference))
    assert (await player.case()).review is None


@pytest.mark.parametrize(
    "fault",
    [{"status": 500}, {"error": "missing_scope"}, {"delay": 5}],
    ids=["broken", "refused", "slow"],
)
async def test_a_look_up_that_fails_or_is_late_when_the_form_comes(
    stack: Stack, player: Player, fault: dict[str, object]
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    view = await review_form(stack, player)
    stack.slack.faults.fail("usergroups.list", times=None, **fault)
    began = time.monotonic()

    submission = await stack.person("owen").submit(view, answers.BREACH)

    (error,) = submission.errors.values()
    assert NOT_CHECKED in error
    assert time.monotonic() - began < 3
    await recorded(stack, ("U0OWEN", "review", Bar.NOT_CHECKED, player.reference))
    stack.slack.faults.clear()
    assert (await stack.person("owen").submit(submission.modal or view, answers.BREACH)).accepted


async def test_the_reporter_the_person_involved_and_whoever_has_another_part(
    stack: Stack, player: Player
) -> None:
    group(stack, "dpo").members.append("maya")
    await player.report("owen", OST, answers.REPORT | {"involved": "U0DANIEL"})
    card = await card_of(stack, player)
    owen, maya, daniel = (stack.person(each) for each in ("owen", "maya", "daniel"))
    await owen.press(card, "review")
    await told(owen, OST, "You reported this case")
    await player.fill("maya", OST, "review", "OST review", answers.BREACH)
    await maya.press_as_seen(card, "details", action_id="ico_decision")
    await told(maya, OST, "another person must decide about the ICO")
    dpo = await daniel.wait_for_message(DPO, player.reference, 10)
    await daniel.press_as_seen(dpo, "details", action_id="ico_decision")
    await told(daniel, DPO, "Somebody else must do this")
    await daniel.press_as_seen(dpo, "details", action_id="ico_pack")
    await told(daniel, DPO, "Only the Data Protection Officer")
    await daniel.press_as_seen(dpo, "details")
    await told(daniel, DPO, NO_SUCH_CASE)

    name = player.reference
    await recorded(
        stack,
        ("U0OWEN", "review", Bar.REPORTER, name),
        ("U0MAYA", "ico_decision", Bar.OTHER_PART, name),
        ("U0DANIEL", "ico_decision", Bar.INVOLVED, name),
        ("U0DANIEL", "ico_pack", Bar.INVOLVED, name),
        ("U0DANIEL", "details", Bar.NOT_THEIRS, name),
    )


async def test_the_deputy_while_the_dpo_is_there(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    grace = stack.person("grace")
    await grace.press(await grace.wait_for_message(DPO, player.reference, 10), "ico_decision")
    await told(grace, DPO, "The deputy acts while the DPO is away")

    await recorded(stack, ("U0GRACE", "ico_decision", Bar.NOT_IN_PLACE, player.reference))


async def test_the_sim_of_another_area_learns_nothing_and_changes_nothing(
    stack: Stack, player: Player
) -> None:
    for each in stack.slack.slack.directory.groups.values():
        if each.handle.startswith("sims-") and each.handle != "sims-wessex":
            each.members.clear()
    other = Player(None, stack)
    await other.report("tom", GENERAL, answers.REPORT)
    tom = stack.person("tom")
    own = await tom.wait_for_dm(other.reference, 10)
    await player.report("priya", GENERAL, answers.REPORT)
    await player.fill("owen", OST, "review", "OST review", answers.BREACH)
    before = (await player.case()).events

    said = set()
    for name in (player.reference, f"{player.reference[:-4]}9999"):
        for kind in ("action_added", "containment", "organisation_told", "details"):
            seen = [each.ts for each in await tom.dm_with_app()]
            forged = {"action_id": kind, "value": about(name)}
            await tom.press_as_seen(own, "details", **forged)
            words = await tom.wait_for_message(await tom.dm(), "", after=max(seen))
            said.add((kind, words.text()))
        await tom.type(GENERAL, f"/breach show {name}")
        await told(tom, GENERAL, NO_SUCH_CASE)

    assert len(said) == 4
    assert [each.title for each in await tom.modals()] == ["Report received"]
    assert (await player.case()).events == before
    assert player.reference not in (await tom.again(own) or own).text()
    rows = await recorded(
        stack,
        *(
            ("U0TOM", kind, Bar.NOT_IN_ROLE, player.reference)
            for kind in ("action_added", "containment", "organisation_told")
        ),
        *(
            ("U0TOM", kind, Bar.NO_SUCH_CASE, None)
            for kind in ("action_added", "containment", "organisation_told", "details")
        ),
        ("U0TOM", "details", Bar.NOT_THEIRS, player.reference),
    )
    assert {each.attempt.person for each in rows} == {"U0TOM"}


@pytest.mark.parametrize("who", ["priya", "aisha", "tom"])
async def test_a_forged_form_tells_nobody_whether_a_case_exists(
    stack: Stack, player: Player, who: str
) -> None:
    """The form is their own; what it says it is about is not."""
    group(stack, "ost").members.append(who)
    mine = Player(None, stack)
    await mine.report("grace", GENERAL, answers.REPORT)
    person, person_id = stack.person(who), f"U0{who.upper()}"
    channel = stack.slack.slack.conversation(OST)
    assert channel is not None
    channel.members.append(person_id)
    view = await opened(stack, person, mine)
    group(stack, "ost").members.remove(who)
    for each in stack.slack.slack.directory.groups.values():
        if each.handle.startswith("sims-"):
            each.members.clear()
    await player.report("grace", GENERAL, answers.REPORT)

    errors = []
    for name in (player.reference, f"{player.reference[:-4]}9999", mine.reference):
        await forge(stack, view, about(name))
        errors += [
            (await person.submit(view, given)).errors
            for given in (answers.BREACH, duplicate_of(player), duplicate_of("BR-1999-0001"))
        ]

    assert len({json.dumps(each) for each in errors}) == 1, errors
    assert [(await each.case()).review for each in (player, mine)] == [None, None]
    await recorded(
        stack,
        (person_id, "review", Bar.NOT_IN_ROLE, player.reference),
        (person_id, "review", Bar.NOT_IN_ROLE, mine.reference),
        (person_id, "review", Bar.NO_SUCH_CASE, None),
    )


def duplicate_of(other: Player | str) -> dict[str, str]:
    name = other if isinstance(other, str) else other.reference
    return {"classification": "duplicate", "duplicate_of": name, "reason": "The same letter."}


async def opened(stack: Stack, person: Person, player: Player) -> View:
    card = await person.wait_for_message(OST, player.reference, 10)
    await person.press(card, "review")
    return await person.modal("OST review")


@pytest.mark.parametrize(
    "metadata", ["", "junk", "[]", "null", '{"reference": 7}', about("a b\x00c"), about("x" * 900)]
)
async def test_a_form_that_names_nothing_readable_takes_no_step(
    stack: Stack, player: Player, metadata: str
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    view = await review_form(stack, player)
    await forge(stack, view, metadata)

    submission = await stack.person("owen").submit(view, answers.BREACH)

    (error,) = submission.errors.values()
    assert error.startswith("This form can't be read")
    await recorded(stack, ("U0OWEN", "review", Bar.NOT_READABLE, None))


async def test_a_step_of_a_case_is_not_taken_by_what_is_no_case(
    stack: Stack, player: Player
) -> None:
    """A referral's workflow has a name too; whoever guesses it learns nothing."""
    await referred(stack, player)
    name, tom = await name_of(player), stack.person("tom")
    said = set()
    other = Player(None, stack)
    await other.report("priya", GENERAL, answers.REPORT)
    view = await opened(stack, stack.person("owen"), other)
    for forged in (name, "HR-0000-0000"):
        await forge(stack, view, about(forged))
        said.add(json.dumps((await stack.person("owen").submit(view, answers.BREACH)).errors))

    assert len(said) == 1
    note = await tom.wait_for_dm(player.reference, 10)
    for button in ("referral_details", "referral_step"):
        await tom.press_as_seen(note, "action_added", action_id=button, value=about(name))
    await recorded(
        stack,
        ("U0OWEN", "review", Bar.NO_SUCH_CASE, name),
        ("U0OWEN", "review", Bar.NO_SUCH_CASE, None),
        ("U0TOM", "referral_details", Bar.NOT_THEIRS, name),
        ("U0TOM", "referral_step", Bar.NOT_THEIRS, name),
    )


async def test_a_referral_that_is_not_theirs_any_more(stack: Stack, player: Player) -> None:
    note, aisha = await referred(stack, player), stack.person("aisha")
    view = await form(aisha, note)
    group(stack, "hr-casework").members.remove("aisha")

    submission = await aisha.submit(view, TRIAGED)

    assert list(submission.errors.values()) == [NOBODYS]
    name = await name_of(player)
    await recorded(stack, ("U0AISHA", "referral_step", Bar.NOT_THEIRS, name))


async def test_commands(stack: Stack, player: Player) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    await card_of(stack, player)
    aisha = stack.person("aisha")
    for typed, words in (
        ("stats", "Statistics are for"),
        ("sample", "Sample checks are recorded by"),
        (f"show {player.reference}", NO_SUCH_CASE),
        (f"letter {player.reference}", "Only the Data Protection Officer"),
        ("show BR-1999-0001", NO_SUCH_CASE),
    ):
        await aisha.type(GENERAL, f"/breach {typed}")
        await told(aisha, GENERAL, words)
    stack.slack.faults.fail("users.info", times=None, status=500)
    for word in ("list", "overdue", "mine"):
        await stack.person("helen").type(GENERAL, f"/breach {word}")

    await recorded(
        stack,
        ("U0AISHA", "statistics", Bar.NOT_IN_ROLE, None),
        ("U0AISHA", "sample", Bar.NOT_IN_ROLE, None),
        ("U0AISHA", "details", Bar.NOT_THEIRS, player.reference),
        ("U0AISHA", "ico_letter", Bar.NOT_IN_ROLE, player.reference),
        ("U0AISHA", "details", Bar.NO_SUCH_CASE, None),
        *(("U0HELEN", word, Bar.NOT_CHECKED, None) for word in ("list", "overdue", "mine")),
    )


async def test_an_old_button_and_a_slip_in_a_form_are_no_matter_of_rights(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    card, maya = await card_of(stack, player), stack.person("maya")
    view = await review_form(stack, player)
    assert not (await stack.person("owen").submit(view, answers.BREACH | {"reason": " "})).accepted
    await player.press("owen", OST, "claim")
    await maya.press_as_seen(card, "claim")
    await told(maya, OST, "This case was already claimed by @Owen Price")

    assert stage_of(await player.case()) is Stage.OST_REVIEW
    assert list(await stack.refusals.find()) == []


async def test_a_refusal_that_can_t_be_recorded_is_one_all_the_same(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    priya = stack.person("priya")
    note = await priya.wait_for_dm(player.reference, 10)
    async with stack.engine.begin() as db:
        await db.exec_driver_sql("ALTER TABLE refusals RENAME TO away")

    await priya.press_as_seen(note, "details", action_id="review", value=about(player.reference))
    await priya.wait_for_dm("Only the Operational Security Team can review")

    async with stack.engine.begin() as db:
        await db.exec_driver_sql("ALTER TABLE away RENAME TO refusals")
    for _ in range(400):
        if rows := await stack.refusals.find():
            break
        await asyncio.sleep(0.02)
    assert [each.attempt.tried for each in rows] == ["review"]


async def test_somebody_who_presses_without_end_makes_two_rows_and_is_answered_each_time(
    stack: Stack, player: Player
) -> None:
    await player.report("priya", GENERAL, answers.REPORT)
    aisha = stack.person("aisha")
    for _ in range(40):
        await aisha.type(GENERAL, "/breach stats")

    def all_answered(found: list[Message]) -> bool:
        return sum("Statistics are for" in each.text() for each in found) == 40

    await aisha.wait_until(GENERAL, all_answered, 20)
    (row,) = await recorded(stack, ("U0AISHA", "statistics", Bar.NOT_IN_ROLE, None))
    assert row.times == 1
    assert len(stack.slack.faults.called("usergroups.list")) <= 20
