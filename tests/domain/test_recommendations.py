"""What may be recorded of a recommendation, by whom, and what becomes of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from domain.audits.deciding import possible
from domain.audits.entry import problems_on, suspicions_in
from domain.audits.recommendation import (
    RecommendationAlarm,
    RecommendationAuditChanged,
    RecommendationReopened,
)
from domain.audits.rules import recording_refusal, step_refusal
from domain.audits.words import Progress, Status
from domain.clocks import Alarm, alarms, london
from domain.people import Actor
from domain.refusal import Bar
from domain.taxonomy import Role
from tests.domain.audits import (
    AT,
    AUDIT,
    DANIEL,
    FRESH,
    MAYA,
    OWEN,
    TOM,
    entry,
    lived,
    recommended,
    step,
)

DEPUTY = Actor(user_id="U0GRACE", roles=(Role.DEPUTY_DPO,))
NOBODY = Actor(user_id="U0PRIYA")
REOPENED = RecommendationReopened(
    by=OWEN.user_id,
    follow_up="AU-2027-0001",
    reason="Not done for paper files.",
    target_on=date(2027, 9, 30),
)
ADDRESSED = (
    step(Progress.ADDRESSED, TOM, addressed_on=date(2026, 11, 2)),
    step(Progress.CONFIRMED, MAYA),
)
RUNG = RecommendationAlarm(due_at=AT, alarm=Alarm(at=AT, past_due=False))


def refused(by: Actor, progress: Progress = Progress.NOTE, **changes: Any) -> Bar | str | None:
    refusal = step_refusal(lived(), step(progress, by, **changes), AT)
    return (refusal.bar or refusal.field or refusal.text) if refusal else None


@pytest.mark.parametrize("by", [TOM, OWEN, MAYA, DANIEL])
@pytest.mark.parametrize("progress", [Progress.NOTE, Progress.EVIDENCE, Progress.ADDRESSED])
def test_its_owner_ost_and_the_dpo_record_what_is_done(by: Actor, progress: Progress) -> None:
    assert refused(by, progress) is None


def test_only_a_lead_or_the_dpo_does_not_accept_it_and_never_its_owner() -> None:
    assert refused(MAYA, Progress.NOT_ACCEPTED) is None
    assert refused(DANIEL, Progress.NOT_ACCEPTED) is None
    assert refused(OWEN, Progress.NOT_ACCEPTED) is Bar.NOT_IN_ROLE
    assert refused(TOM, Progress.NOT_ACCEPTED) is Bar.OTHER_PART
    owned = lived(of=FRESH.model_copy(update={"owner": DANIEL.user_id}))
    refusal = step_refusal(owned, step(Progress.NOT_ACCEPTED, DANIEL), AT)
    assert refusal is not None
    assert refusal.bar is Bar.OTHER_PART
    assert Progress.NOT_ACCEPTED not in possible(owned, DANIEL)


def test_its_owner_does_not_move_the_target_date() -> None:
    later = {"target_on": date(2027, 6, 30)}
    assert refused(TOM, Progress.REPLANNED, **later) is Bar.NOT_IN_ROLE
    assert refused(OWEN, Progress.REPLANNED, **later) is None
    assert refused(OWEN, Progress.REPLANNED) == "owner"
    assert refused(OWEN, Progress.REPLANNED, target_on=date(2026, 11, 19)) == "target_on"


def test_nobody_else_sees_it_and_who_only_sees_it_records_nothing() -> None:
    assert refused(NOBODY) is Bar.NOT_THEIRS
    assert refused(DEPUTY) is Bar.NOT_IN_ROLE


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " "}, "text"),
        ({"owner": "U0AISHA"}, "owner"),
        ({"target_on": date(2027, 6, 30)}, "target_on"),
        ({"addressed_on": date(2026, 11, 1)}, "addressed_on"),
        ({"progress": Progress.ADDRESSED, "addressed_on": date(2026, 11, 21)}, "addressed_on"),
        ({"progress": Progress.ADDRESSED, "addressed_on": date(2026, 9, 30)}, "addressed_on"),
        ({"seen": 1}, "Something was recorded since you opened this form; open it again. Recorded"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(changes: dict[str, Any], field: str) -> None:
    assert refused(OWEN, **changes) == field


def test_an_example_and_what_is_over_take_nothing_more() -> None:
    example = lived(
        of=FRESH.model_copy(update={"audit": AUDIT.model_copy(update={"example": True})})
    )
    over = lived(*ADDRESSED)
    mistaken = AUDIT.model_copy(update={"changes": 1, "withdrawn": True})
    gone = lived(
        *ADDRESSED,
        RecommendationAuditChanged(by=OWEN.user_id, reason="Not ours.", audit=mistaken),
    )

    for each, words in (
        (example, "example data"),
        (over, "over already (addressed). Only a follow-up"),
        (gone, "Its audit was withdrawn"),
    ):
        refusal = recording_refusal(each, OWEN)
        assert refusal is not None
        assert words in refusal.text


def test_a_follow_up_opens_it_again_with_a_clock_of_its_own() -> None:
    addressed = lived(RUNG, *ADDRESSED)
    assert (addressed.status, addressed.addressed_on) == (Status.ADDRESSED, date(2026, 11, 2))

    again = lived(RUNG, *ADDRESSED, REOPENED)

    assert (again.status, again.is_over, again.addressed_on) == (Status.REOPENED, False, None)
    assert (again.owner, again.target_on, again.rung_at) == (TOM.user_id, date(2027, 9, 30), None)
    assert again.reopened_by == "AU-2027-0001"


def test_another_target_date_starts_its_clock_afresh_and_another_owner_does_not() -> None:
    handed_over = lived(RUNG, step(Progress.REPLANNED, owner="U0AISHA"))
    moved = lived(RUNG, step(Progress.REPLANNED, target_on=date(2027, 6, 30)))

    assert (handed_over.owner, handed_over.rung_at) == ("U0AISHA", AT)
    assert (moved.owner, moved.target_on, moved.rung_at) == (TOM.user_id, date(2027, 6, 30), None)


def test_its_clock_speaks_at_nine_in_the_morning() -> None:
    due = FRESH.model_copy(update={"target_on": date(2026, 12, 1)}).due
    assert due is not None
    assert [london(alarm.at) for alarm in alarms(FRESH.policy, due)] == [
        "Sun 01 Nov 2026, 09:00 GMT",
        "Tue 24 Nov 2026, 09:00 GMT",
        "Tue 01 Dec 2026, 09:00 GMT",
        "Wed 02 Dec 2026, 09:00 GMT",
        "Wed 30 Dec 2026, 09:00 GMT",
    ]


def test_an_entry_is_looked_at_whole() -> None:
    today = date(2026, 11, 20)
    late = entry(
        reported_on=today + timedelta(days=1),
        recommendations=(
            recommended(target_on=date(2026, 1, 1)),
            recommended(target_on=date(2041, 1, 1)),
        ),
    )
    assert [problem.field for problem in problems_on(late, today)] == [
        "reported_on",
        "recommendations.1.target_on",
        "recommendations.2.target_on",
    ]
    named = entry(
        subject="What Mr John Smith did",
        recommendations=(recommended(wording="Ring 07700 900123."),),
    )
    assert [problem.field for problem in suspicions_in(named)] == [
        "subject",
        "recommendations.1.wording",
    ]
    assert not [*suspicions_in(named.model_copy(update={"not_personal_data": True}))]
