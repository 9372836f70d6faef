"""Questions 1 to 5: material received unredacted, breaches, and what the ICO was told."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import ColumnElement, and_

from domain.taxonomy import Communication, Stage
from register.incident_schema import IncidentRow
from reports.counting import BREACHES, NOT_REVIEWED, UPSTREAM, Counted, Day
from reports.foi.asked import Basis
from reports.foi.layout import Laid, Wording, laid_out, of_one_column
from reports.foi.notes import basis_note, counted_as, imported_note, limit_notes
from reports.foi.reading import Reading
from reports.foi.splits import CAUGHT, IN_TIME, Split, split_by
from reports.tables import Report, Table

DAYS: Mapping[Basis, Day] = MappingProxyType(
    {
        Basis.RECEIVED: IncidentRow.discovered_on,
        Basis.DISCOVERED: IncidentRow.discovered_on,
        Basis.OCCURRED: IncidentRow.occurred_on,
        Basis.REPORTED: IncidentRow.reported_on,
        Basis.TOLD: IncidentRow.ico_notified_on,
    }
)
UNIT = "Counting unit: incidents, each once; not people affected, and not records."
DRILLS = "drills and tests"
NO_BREACHES = (
    f"Not counted: {DRILLS}; reports that were withdrawn; what OST found to be no breach, a near "
    "miss, or a duplicate of another case"
)
_TOLD = IncidentRow.ico_notified_on.is_not(None)
_DECIDED_NOT = IncidentRow.notify.is_(False)


async def upstream(reading: Reading) -> Report:
    """Redaction failures in material that others sent, those included that became breaches."""
    asked = reading.asked
    split = split_by(asked.split, reading.organisation) if asked.split else CAUGHT
    wording = Wording("Redaction failures received", "Received", asked.split is None)
    laid, counted = await _counted(reading, UPSTREAM, split, wording)
    waiting = and_(NOT_REVIEWED, IncidentRow.force.is_not(None))
    return await reading.report(
        (laid.table,),
        laid.values,
        (
            UNIT,
            basis_note(asked.day),
            "Such material is not a breach of the CPS unless the CPS disclosed it. What was "
            "disclosed is counted here, and among the breaches as well.",
            f"Not counted: {DRILLS}; reports that were withdrawn, or found to be a duplicate.",
            *await _about(reading, UPSTREAM, counted, waiting),
        ),
    )


async def breaches(reading: Reading) -> Report:
    """Confirmed breaches, and how they were resolved."""
    asked = reading.asked
    split = split_by(asked.split, reading.organisation) if asked.split else None
    laid, counted = await _counted(
        reading, BREACHES, split, Wording("Confirmed breaches", "Breaches")
    )
    resolved, note = await _resolved(reading)
    return await reading.report(
        (laid.table, *resolved),
        laid.values,
        (
            UNIT,
            basis_note(asked.day),
            f"{NO_BREACHES}; redaction failures of others that the CPS did not disclose.",
            *note,
            *await _about(reading, BREACHES, counted, NOT_REVIEWED),
        ),
    )


async def ico(reading: Reading) -> Report:
    """Breaches that the ICO was in fact told of, and decisions not to tell it."""
    asked = reading.asked
    split = split_by(asked.split, reading.organisation) if asked.split else IN_TIME
    told = and_(BREACHES, _TOLD)
    wording = Wording("Breaches that the ICO was told of", "Told", asked.split is None)
    laid, counted = await _counted(reading, told, split, wording)
    not_told = await reading.counting.by_period(
        and_(BREACHES, _DECIDED_NOT, asked.limits.met), asked.window, IncidentRow.ico_decided_on
    )
    decided = laid_out(
        not_told,
        asked.window,
        asked.suppression,
        Wording("Decisions not to tell the ICO", "Decided not to tell"),
    )
    hours = reading.organisation.clocks.ico_notification.due_hours
    return await reading.report(
        (laid.table, decided.table),
        laid.values,
        (
            UNIT,
            basis_note(asked.day),
            "The second table counts decisions by the day on which they were made.",
            f"Late is later than {hours:g} hours after the CPS became aware (UK GDPR Art. 33(1); "
            "DPA 2018 s.67(1)). Not recorded: the older record does not say how long it took.",
            f"{NO_BREACHES}.",
            *await _about(reading, told, counted, None),
        ),
    )


async def _counted(
    reading: Reading, wanted: ColumnElement[bool], split: Split | None, wording: Wording
) -> tuple[Laid, Counted]:
    asked = reading.asked
    within = and_(wanted, asked.limits.met)
    day, value = DAYS[asked.day], split.value if split else None
    counted = await reading.counting.by_period(within, asked.window, day, value)
    if asked.day in (Basis.OCCURRED, Basis.REPORTED):
        counted = _with(counted, await _without_day(reading, within, day, value))
    return laid_out(counted, asked.window, asked.suppression, wording, split), counted


async def _without_day(
    reading: Reading,
    wanted: ColumnElement[bool],
    day: Day,
    value: ColumnElement[str] | None,
) -> Counted:
    """Those discovered in the window of which the day asked for is not recorded: never dropped."""
    window = reading.asked.window
    found = await reading.counting.by_period(
        and_(wanted, day.is_(None)), window, IncidentRow.discovered_on, value
    )
    below = Counter[tuple[int, object]]()
    for (_, of), number in found.counts.items():
        below[len(window.periods), of] += number
    return Counted(below, found.imported)


def _with(counted: Counted, more: Counted) -> Counted:
    return Counted(counted.counts + more.counts, counted.imported + more.imported)


async def _about(
    reading: Reading,
    wanted: ColumnElement[bool],
    counted: Counted,
    waiting: ColumnElement[bool] | None,
) -> tuple[str, ...]:
    """What is not known of the window, and where the counts are from."""
    asked, counting = reading.asked, reading.counting
    perhaps = asked.limits.perhaps_met
    unknown = (
        None
        if perhaps is None
        else await counting.number(and_(wanted, perhaps), asked.window, DAYS[asked.day])
    )
    notes = [*limit_notes(asked, unknown), imported_note(counted, asked.suppression)]
    if waiting is not None:
        number = await counting.number(
            and_(waiting, asked.limits.met), asked.window, IncidentRow.discovered_on
        )
        said = counted_as(asked.suppression, number)
        notes.append(f"Discovered in the window, not yet reviewed and so not counted: {said}.")
    return tuple(notes)


async def _resolved(reading: Reading) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """How the breaches discovered in the window stand, and what was done about them."""
    suppression = reading.asked.suppression
    if reading.asked.split:
        return (), ("How they were resolved is in the answer without a split.",)
    if suppression.secondary:
        return (), (
            "How they were resolved is left out: beside secondary suppression, another breakdown "
            "of the same incidents could give small numbers back.",
        )
    groups = await reading.counting.sums(
        (IncidentRow.stage.expression, IncidentRow.communication.expression),
        and_(BREACHES, reading.asked.limits.met),
        reading.asked.window,
    )
    stages, told = Counter[str](), Counter[str | None]()
    given = done = 0
    for stage, communication, number, actions, actions_done in groups:
        stages[stage] += number
        told[communication] += number
        given, done = given + actions, done + actions_done
    counts = {"Closed": stages.pop(Stage.CLOSED, 0)}
    counts |= {f"Open: {stage.label}": stages[stage] for stage in Stage if stages[stage]}
    counts |= {f"People affected: {each.label.lower()}": told[each] for each in Communication}
    counts |= {"People affected: nothing is recorded": told[None]}
    counts |= {"Remedial actions given": given, "Remedial actions done": done}
    cells = {name: suppression.of_one(number) for name, number in counts.items()}
    title = "How they were resolved (breaches discovered in the window)"
    return (of_one_column(title, "Breaches and actions", cells),), ()
