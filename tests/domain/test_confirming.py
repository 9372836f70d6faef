"""That a recommendation is addressed: said with evidence, confirmed by somebody else."""

from datetime import date, datetime, timedelta

import pytest

from domain.audits.confirming import BARS_FORMER_OWNERS, CONFIRMATION, Proposed
from domain.audits.deciding import possible
from domain.audits.recommendation import Recommendation, RecommendationAlarm, RecommendationStep
from domain.audits.rules import step_refusal
from domain.audits.waiting import waiting_for
from domain.audits.words import Priority, Progress, Status
from domain.clocks import Alarm, alarms, london
from domain.people import Actor
from domain.refusal import Bar
from domain.taxonomy import Role
from tests.domain.audits import AT, DANIEL, FRESH, MAYA, OWEN, TOM, lived, step
from tests.domain.test_recommendations import REOPENED

SAID = step(Progress.ADDRESSED, TOM)
HIGH = FRESH.model_copy(update={"priority": Priority.HIGH})
LOW = FRESH.model_copy(update={"priority": Priority.LOW})
OTHER_LEAD = Actor(user_id="U0LEAD", roles=(Role.OST_LEAD,))


def refused(of: Recommendation, taken: RecommendationStep) -> Bar | str | None:
    now = taken.model_copy(update={"seen": of.steps})
    refusal = step_refusal(of, now, AT)
    return (refusal.bar or refusal.field) if refusal else None


@pytest.mark.parametrize("of", [HIGH, FRESH])
def test_high_and_medium_wait_for_somebody_else_and_low_is_over(of: Recommendation) -> None:
    said = lived(SAID, of=of)
    assert (said.status, said.is_over, said.addressed_on) == (Status.PROPOSED, False, None)
    assert said.proposed is not None
    assert (said.proposed.by, said.proposed.addressed_on) == (TOM.user_id, date(2026, 11, 20))

    low = lived(SAID, of=LOW)
    assert (low.status, low.addressed_on) == (Status.ADDRESSED, date(2026, 11, 20))


@pytest.mark.parametrize("of", [HIGH, FRESH, LOW])
@pytest.mark.parametrize("evidence", ["", " ", "ok", "all done"])
def test_a_word_is_no_evidence(of: Recommendation, evidence: str) -> None:
    bare = step(Progress.ADDRESSED, TOM, evidence=evidence)
    assert refused(lived(of=of), bare) == "evidence"


def test_evidence_is_for_what_is_addressed_and_reasons_are_more_than_a_word() -> None:
    note = step(Progress.NOTE, TOM, evidence="Instruction 7 of 2026.")
    assert refused(lived(), note) == "evidence"
    assert refused(lived(), step(Progress.NOT_ACCEPTED, MAYA, text="no")) == "text"
    assert refused(lived(SAID), step(Progress.SENT_BACK, MAYA, text="no")) == "text"


@pytest.mark.parametrize("progress", [Progress.CONFIRMED, Progress.SENT_BACK])
def test_a_lead_or_the_dpo_decides_who_neither_owns_it_nor_said_so(progress: Progress) -> None:
    said = lived(SAID)
    assert refused(said, step(progress, MAYA)) is None
    assert refused(said, step(progress, DANIEL)) is None
    assert refused(said, step(progress, OWEN)) is Bar.NOT_IN_ROLE
    assert refused(said, step(progress, TOM)) is Bar.OTHER_PART

    by_maya = lived(step(Progress.ADDRESSED, MAYA))
    assert refused(by_maya, step(progress, MAYA)) is Bar.OTHER_PART
    assert refused(by_maya, step(progress, OTHER_LEAD)) is None
    owned = lived(SAID, of=FRESH.model_copy(update={"owner": DANIEL.user_id}))
    assert refused(owned, step(progress, DANIEL)) is Bar.OTHER_PART
    assert progress not in possible(owned, DANIEL)


def test_what_was_said_is_said_once_and_nothing_is_confirmed_before() -> None:
    assert refused(lived(SAID), step(Progress.ADDRESSED, OWEN)) == "progress"
    assert refused(lived(), step(Progress.CONFIRMED, MAYA)) == "progress"


def test_confirmed_it_is_over_as_of_the_day_that_was_said() -> None:
    on = date(2026, 11, 2)
    over = lived(step(Progress.ADDRESSED, TOM, addressed_on=on), step(Progress.CONFIRMED, MAYA))
    assert (over.status, over.addressed_on, over.proposed) == (Status.ADDRESSED, on, None)


def test_sent_back_it_is_open_again_and_its_target_date_counts() -> None:
    rung = RecommendationAlarm(due_at=AT, alarm=Alarm(at=AT, past_due=True), confirming=True)
    said = lived(SAID, rung)
    assert said.deadline is not None
    assert (said.deadline.confirming, said.deadline.rung_at) == (True, AT)

    back = lived(SAID, rung, step(Progress.SENT_BACK, MAYA))

    assert (back.status, back.proposed, back.rung_at) == (Status.OPEN, None, None)
    assert back.deadline is not None
    assert (back.deadline.due, back.deadline.confirming) == (FRESH.due, False)
    assert not said.deadline.is_that_of(back)


def test_the_clock_of_a_confirmation_speaks_at_nine_in_the_morning() -> None:
    said = Proposed(by=TOM.user_id, at=AT, addressed_on=AT.date())
    assert [london(alarm.at) for alarm in alarms(CONFIRMATION, said.due)] == [
        "Fri 27 Nov 2026, 09:00 GMT",
        "Sat 05 Dec 2026, 09:00 GMT",
        "Sat 19 Dec 2026, 09:00 GMT",
    ]


def test_what_waits_for_whom() -> None:
    late = AT + timedelta(days=400)
    open_one, said = lived(), lived(SAID, of=HIGH)
    nobodys = lived(of=FRESH.model_copy(update={"owner": None, "number": 3}))
    all_of_them = (open_one, said, nobodys, lived(step(Progress.ADDRESSED, TOM), of=LOW))

    def waits(actor: Actor, now: datetime = AT) -> list[Recommendation]:
        return list(waiting_for(all_of_them, actor, now))

    assert waits(TOM) == [said, open_one]
    assert waits(MAYA) == waits(DANIEL) == [said, nobodys]
    assert waits(OWEN) == [nobodys]
    assert waits(OWEN, late) == [said, open_one, nobodys]
    assert waits(Actor(user_id="U0PRIYA"), late) == []


def test_what_began_under_older_rules_is_addressed_as_it_was_then() -> None:
    older = lived(of=HIGH.model_copy(update={"edition": 1}))
    said = step(Progress.ADDRESSED, TOM, evidence="", text="ok")
    assert refused(older, said) is None
    assert lived(said, of=older).status is Status.ADDRESSED


@pytest.mark.parametrize("progress", [Progress.CONFIRMED, Progress.NOT_ACCEPTED])
def test_nobody_decides_about_what_they_handed_over(progress: Progress) -> None:
    mayas = HIGH.model_copy(update={"owner": MAYA.user_id})
    given = step(Progress.REPLANNED, MAYA, owner=TOM.user_id)

    before = lived(given, SAID, of=mayas)
    while_it_waits = lived(SAID, given, of=mayas)

    for said in (before, while_it_waits):
        assert (said.owner, said.owners_before) == (TOM.user_id, (MAYA.user_id,))
        assert refused(said, step(progress, MAYA)) is Bar.OTHER_PART
        assert refused(said, step(progress, OTHER_LEAD)) is None
    earlier = before.model_copy(update={"edition": BARS_FORMER_OWNERS - 1})
    assert refused(earlier, step(progress, MAYA)) is None


def test_a_follow_up_begins_with_whoever_owns_it_then() -> None:
    mayas = HIGH.model_copy(update={"owner": MAYA.user_id})
    given = step(Progress.REPLANNED, MAYA, owner=TOM.user_id)
    done = lived(given, SAID, step(Progress.CONFIRMED, DANIEL), of=mayas)

    assert lived(REOPENED, of=done).owners_before == ()


@pytest.mark.parametrize(
    ("there", "may"), [((), True), (("U0DANIEL",), False), (None, False), (("U0TOM",), True)]
)
def test_the_deputy_decides_where_no_dpo_can(*, there: tuple[str, ...] | None, may: bool) -> None:
    """U0TOM owns it, so a DPO who is he could not."""
    deputy = Actor(user_id="U0GRACE", roles=(Role.DEPUTY_DPO,), dpos_there=there)
    said = lived(SAID, of=HIGH)

    assert (refused(said, step(Progress.CONFIRMED, deputy)) is None) is may
    assert (Progress.CONFIRMED in possible(said, deputy)) is may
    assert (waiting_for([said], deputy, AT) == (said,)) is may
