"""Training: who is due hears of it, SIMs hear rates, and a completion completes an action."""

from datetime import UTC, date, datetime, timedelta

from temporalio.client import Client

from domain.absence import london_day
from domain.people import LEARNING_RECORD
from drill.player import Player
from drill.stack import Stack
from intake.training_import import begin_completing
from register.training.command import example_entries
from register.training.reading import Entry
from tests.product.answers import OST
from tests.product.test_commands import answered
from tests.product.test_remediation import reviewed
from tests.product.test_who_may_press_what import group
from tests.register.test_two_programs import ROOT
from tests.replay.guard import replay
from upkeep.learners import look_up
from workflows.training import TrainingRates, TrainingReminders

PRIYA, GRACE, AISHA = (f"{name}@cps.example" for name in ("priya.shah", "grace.lin", "aisha.khan"))
LONG_AGO = date(2020, 1, 6)


def today() -> date:
    return london_day(datetime.now(UTC))


def entry(person: str, completed_on: date | None, course: str = "data-protection") -> Entry:
    return Entry(person, course, "west-midlands", completed_on, LONG_AGO)


async def ran(stack: Stack, workflow: type, name: str) -> None:
    """Runs it once, and makes sure that it replays."""
    prefix = stack.organisation.reference_prefix
    handle = await stack.client.start_workflow(
        workflow.run,  # type: ignore[attr-defined]
        id=f"{prefix}-{name}",
        task_queue=stack.task_queue,
    )
    await handle.result()
    await replayed(stack.client, handle.id)


async def replayed(client: Client, name: str) -> None:
    history = await client.get_workflow_handle(name).fetch_history()
    await replay(history, data_converter=client.data_converter)


async def test_each_person_who_is_due_hears_of_it_once_a_week_and_nobody_else(
    stack: Stack,
) -> None:
    lately = today() - timedelta(days=350)
    await stack.training.record(
        [
            entry(PRIYA, today() - timedelta(days=400)),
            entry("U0PRIYA", None),
            entry(PRIYA, None, "sensitive-data"),
            entry(GRACE, lately),
            entry("U0AISHA", today()),
            entry("left@cps.example", None),
        ],
        today(),
    )

    await ran(stack, TrainingReminders, "first")
    await ran(stack, TrainingReminders, "second")

    heard = {}
    for who in ("priya", "grace", "aisha", "tom", "owen"):
        heard[who] = [said.text() for said in await stack.person(who).dm_with_app()]
    assert [len(said) for said in heard.values()] == [1, 1, 0, 0, 0]
    assert "2 courses are due" in heard["priya"][0]
    assert heard["priya"][0].count("overdue") == 2
    assert "Annual data protection training* · due" in heard["grace"][0]
    assert "example" not in heard["grace"][0]


async def test_example_data_that_was_loaded_before_the_start_is_matched_soon(stack: Stack) -> None:
    example = ROOT / "examples" / "training.csv"
    await stack.training.record(example_entries(example), today(), example=True)
    prefix = f"{stack.organisation.reference_prefix}-"

    name = await look_up(stack.client, stack.training, stack.task_queue, prefix=prefix)
    assert name
    await stack.client.get_workflow_handle(name).result()
    await replayed(stack.client, name)

    own = (await answered(stack, "priya", "training", "Your training")).text()
    assert "Annual data protection training" in own
    assert "example data" in own
    assert await look_up(stack.client, stack.training, stack.task_queue, prefix=prefix) is None


async def test_sims_hear_the_rates_of_their_area_and_no_names(stack: Stack) -> None:
    people = [entry(f"u0person{number}", today()) for number in range(10)]
    late = [entry(each, LONG_AGO) for each in (PRIYA, *(f"u0late{number}" for number in range(4)))]
    elsewhere = [
        Entry(f"u1person{number}", "redaction", "wessex", None, LONG_AGO) for number in range(10)
    ]
    few = entry(PRIYA, today(), "redaction")
    await stack.training.record([*people, *late, *elsewhere, few], today())

    await ran(stack, TrainingRates, "first")
    await ran(stack, TrainingRates, "second")

    [said] = await stack.person("tom").dm_with_app()
    assert "Training in 2 Areas" in said.text()
    assert "CPS Wessex*\n:mortar_board: *Redaction course*: 0 % up to date, of 10" in said.text()
    assert "CPS West Midlands*\n" in said.text()
    assert "Annual data protection training*: 66 % up to date, of 15" in said.text()
    assert "Redaction course*: too few staff for a rate" in said.text()
    assert "priya" not in said.text().lower()
    exports = await stack.exports.all()
    assert {each["report"] for each in exports} == {"training rates"}
    assert [each["parameters"]["area"] for each in exports] == ["wessex", "west-midlands"]


async def test_somebody_who_asks_reads_their_own_and_rates_where_they_may_have_them(
    stack: Stack,
) -> None:
    group(stack, "sims-hq").members.clear()
    entries = [entry(f"u0person{number}", today()) for number in range(10)]
    entries += [entry(f"u0late{number}", LONG_AGO) for number in range(4)]
    entries += [entry("U0PRIYA", LONG_AGO), entry("U0TOM", None, "redaction")]
    hq = Entry("U0OWEN", "data-protection", "hq", today(), LONG_AGO)
    await stack.training.record([*entries, hq], today())

    own = (await answered(stack, "priya", "training", "Your training")).text()
    assert "Annual data protection training" in own
    assert "overdue" in own
    assert "West Midlands" not in own
    assert await stack.exports.all() == []

    of_area = (await answered(stack, "tom", "training", "Your training")).text()
    assert "Redaction course*: not completed yet" in of_area
    assert "66 % up to date, of 15" in of_area
    assert "Headquarters" not in of_area

    everywhere = (await answered(stack, "owen", "training", "Your training")).text()
    assert "Headquarters*\n:mortar_board: *Annual data protection training*: too few" in everywhere
    assert "66 % up to date, of 15" in everywhere
    assert [each["actor"] for each in await stack.exports.all()] == ["U0TOM", "U0OWEN"]
    other = await answered(stack, "aisha", "training", "nothing that you are expected to take")
    assert "up to date" not in other.text()


async def test_the_course_itself_completes_the_action_that_asked_for_it(
    stack: Stack, player: Player
) -> None:
    await reviewed(player)
    for owner in ("U0PRIYA", "U0TOM"):
        given = {"template": "redaction_course", "owner": owner}
        await player.fill("owen", OST, "action_added", "Add remedial action", given)
    given_on = london_day(await player.now())
    before = given_on - timedelta(days=1)
    prefix = f"{stack.organisation.reference_prefix}-"

    async def imported(number: int, *entries: Entry) -> None:
        await stack.training.record(entries, given_on)
        name = await begin_completing(
            stack.client, bytes([number]), task_queue=stack.task_queue, prefix=prefix
        )
        await stack.client.get_workflow_handle(name).result()
        await replayed(stack.client, name)

    await imported(1, entry(PRIYA, before, "redaction"), entry(PRIYA, given_on))
    assert all(action.is_open for action in (await player.case()).actions)

    for again in (2, 2, 3):
        await imported(again, entry(PRIYA, given_on, "redaction"))

    first, second = (await player.case()).actions
    assert (first.done_by, second.is_open) == (LEARNING_RECORD, True)
    assert first.evidence == "The training record: Redaction course."
    events = await stack.store.events(player.reference)
    assert [event.actor for event in events].count(LEARNING_RECORD) == 1
    said = f"Remedial action 1 of *{player.reference}* was recorded as done by the training record"
    await stack.person("priya").wait_for_dm(said, 10)

    await player.pass_time(25)
    passed_on = {"number": "2", "to": "U0GRACE", "reason": "It was her file."}
    await player.fill_from_menu("owen", OST, "action_handed_over", "Hand over an action", passed_on)
    await imported(4, entry(GRACE, given_on, "redaction"))
    assert (await player.case()).actions[1].is_open, "it was not hers yet"
    await imported(5, entry(GRACE, london_day(await player.now()), "redaction"))
    assert (await player.case()).actions[1].done_by == LEARNING_RECORD
    await replayed(stack.client, player.reference)
