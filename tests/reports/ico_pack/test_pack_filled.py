"""Every field of the ICO's form, filled from the case; what is missing is marked and listed."""

from datetime import timedelta

import pytest

from domain import data
from domain.assessment import Answers, Risk
from domain.circumstances import Circumstances
from domain.clocks import london
from domain.controller import Contact, Controller
from domain.findings import Affected, Findings
from domain.ico import ConsequencesLikely
from domain.severity_grid import Likelihood
from domain.steps import Step
from domain.taxonomy import IncidentType, Source
from reports.ico_pack.answer import BY_HAND, NOT_YET_KNOWN
from reports.ico_pack.form import FORM, ReportType
from tests.domain.samples import (
    ACTION,
    ASSESSED,
    AWARENESS,
    BREACH,
    CANCELLED,
    CONTAINMENT,
    DONE,
    FACTS,
    NO_BREACH,
    NO_NOTICE,
    NOT_REQUIRED,
    NOTIFY,
    OPENING,
    ORGANISATION_TOLD,
    RECEIVED,
    REPORT,
    RESTRICTED,
    SUBMISSION,
    TOLD,
)
from tests.reports.ico_pack.records import ORGANISATION, answer, numbers, pack_of

REQUIRED = {2, 4, 5, 6, 7, 9, 11, 12, 13, 14, 18, 22, 24, 28}
"""The fields that the form needs a value for."""


def test_the_form_has_29_fields_and_these_need_a_value() -> None:
    assert [row.number for row in FORM] == list(range(1, 30))
    assert {row.number for row in FORM if row.required} == REQUIRED


def test_an_initial_report_has_every_field_in_the_forms_order() -> None:
    pack = pack_of(RECEIVED, BREACH)
    assert pack.kind is ReportType.INITIAL
    assert numbers(pack) == list(range(1, 30))
    assert all(each.answer.text for each in pack.entries)


def test_what_is_missing_is_listed() -> None:
    unknown = REPORT.model_copy(
        update={"people_affected": None, "occurred_at": None, "circumstances": Circumstances()}
    )
    pack = pack_of(RECEIVED, opening=OPENING.model_copy(update={"report": unknown}))
    assert [each.row.number for each in pack.required_by_hand] == [18, 22, 28]
    assert [each.row.number for each in pack.not_yet_known] == [8, 9, 11, 12, 13, 14, 25]
    assert [each.row.number for each in pack.other_by_hand] == [1, 10, 20, 26, 27, 29]
    for each in (*pack.required_by_hand, *pack.other_by_hand):
        assert BY_HAND in each.answer.text
    for each in pack.not_yet_known:
        assert NOT_YET_KNOWN in each.answer.text


def test_every_required_field_is_filled_not_yet_known_or_listed() -> None:
    pack = pack_of(RECEIVED)
    listed = {each.row.number for each in (*pack.required_by_hand, *pack.not_yet_known)}
    for each in pack.entries:
        if each.row.required and each.row.number not in listed:
            assert BY_HAND not in each.answer.text
            assert NOT_YET_KNOWN not in each.answer.text.splitlines()[0]


def test_times_are_londons_in_summer_too() -> None:
    summer = REPORT.discovered_at - timedelta(days=120)
    report = REPORT.model_copy(update={"discovered_at": summer, "occurred_at": None})
    pack = pack_of(RECEIVED, opening=OPENING.model_copy(update={"report": report}))
    assert answer(pack, 7).endswith("19:05 BST")


def test_a_later_awareness_is_said_beside_the_discovery() -> None:
    first, second = answer(pack_of(RECEIVED, AWARENESS), 7).splitlines()
    assert first == "Fri 20 Nov 2026, 18:05 GMT"
    assert "23:05 GMT" in second


def test_a_range_is_given_as_one() -> None:
    begun, until = REPORT.occurred_at, FACTS.occurred_until
    assert begun
    assert until
    assert answer(pack_of(RECEIVED, FACTS), 8) == f"Between {london(begun)} and {london(until)}"
    assert answer(pack_of(RECEIVED), 8) == london(begun)


def test_data_is_ticked_in_the_icos_words_and_people_by_its_categories() -> None:
    subjects = (data.DataSubject.VICTIM, data.DataSubject.CHILD, data.DataSubject.CPS_EMPLOYEE)
    pack = pack_of(RECEIVED, FACTS.model_copy(update={"data_subjects": subjects}))
    assert answer(pack, 9).splitlines() == [
        "Basic personal identifiers, eg name, contact details",
        "Criminal convictions, offences",
    ]
    assert answer(pack, 12).splitlines() == ["Employees", "Children", "Other: Victim"]


def test_what_is_known_of_people_stands_beside_what_is_not() -> None:
    circumstances = Circumstances(
        people_band=data.PeopleBand.FROM_10,
        data_subjects=(data.DataSubject.VICTIM, data.DataSubject.NOT_YET_KNOWN),
    )
    report = REPORT.model_copy(update={"people_affected": None, "circumstances": circumstances})
    pack = pack_of(RECEIVED, opening=OPENING.model_copy(update={"report": report}))
    assert answer(pack, 11).splitlines() == [NOT_YET_KNOWN, "Roughly: 10 to 99"]
    assert answer(pack, 12).splitlines() == [NOT_YET_KNOWN, "Other: Victim"]


@pytest.mark.parametrize(
    ("steps", "likely"),
    [
        ((BREACH,), ConsequencesLikely.NOT_YET_KNOWN),
        ((BREACH, ASSESSED), ConsequencesLikely.LIKELY),
        (
            (BREACH, ASSESSED.model_copy(update={"likelihood": Likelihood.NOT_OCCURRED})),
            ConsequencesLikely.VERY_UNLIKELY,
        ),
        (
            (BREACH, NOTIFY.model_copy(update={"answers": Answers(risk=Risk.VERY_LIKELY)})),
            ConsequencesLikely.VERY_LIKELY,
        ),
        (
            (BREACH, ASSESSED, NOTIFY.model_copy(update={"answers": Answers(risk=Risk.NOT_SURE)})),
            ConsequencesLikely.NOT_YET_KNOWN,
        ),
    ],
)
def test_how_likely_consequences_are_is_in_the_forms_words(
    steps: tuple[Step, ...], likely: ConsequencesLikely
) -> None:
    assert answer(pack_of(RECEIVED, *steps), 14).splitlines()[0] == likely.label


def test_what_is_for_cyber_incidents_is_asked_of_those_alone() -> None:
    for number in (15, 16, 17):
        assert answer(pack_of(RECEIVED, BREACH), number).startswith("Not applicable")
    report = REPORT.model_copy(update={"incident_type": IncidentType.RANSOMWARE})
    findings = Findings(affected=(Affected.AVAILABILITY,))
    review = BREACH.model_copy(update={"findings": findings})
    pack = pack_of(RECEIVED, review, opening=OPENING.model_copy(update={"report": report}))
    assert answer(pack, 5) == "Yes"
    assert answer(pack, 15).splitlines() == ["Yes", Affected.AVAILABILITY.label]
    assert answer(pack, 16) == answer(pack, 17) == BY_HAND


def test_reasons_for_a_delay_are_asked_for_only_past_72_hours() -> None:
    assert answer(pack_of(RECEIVED, BREACH), 21).startswith("Not applicable: within 72 hours")
    early = OPENING.model_copy(
        update={
            "report": REPORT.model_copy(
                update={
                    "discovered_at": REPORT.discovered_at - timedelta(days=9),
                    "occurred_at": None,
                    "late_reason": "The post room was closed.",
                }
            )
        }
    )
    assert "The post room was closed." in answer(pack_of(RECEIVED, opening=early), 21)
    late = SUBMISSION.model_copy(update={"delay_reasons": "The bundle had to be recalled first."})
    steps = (RECEIVED, BREACH, NOTIFY, late)
    pack = pack_of(*steps, opening=early, kind=ReportType.INITIAL)
    assert answer(pack, 21).splitlines()[0] == "The bundle had to be recalled first."


def test_actions_stand_with_their_days_and_without_their_owners() -> None:
    pack = pack_of(RECEIVED, BREACH, ACTION, CONTAINMENT)
    assert "Partly contained." in answer(pack, 22)
    assert CONTAINMENT.facts in answer(pack, 22)
    assert f"By 1 December 2026: {ACTION.description}" in answer(pack, 22)
    done = pack_of(RECEIVED, BREACH, ACTION, DONE)
    assert answer(done, 22) == f"Done 20 November 2026: {ACTION.description}"
    assert ACTION.description not in answer(pack_of(RECEIVED, ACTION, CANCELLED), 22)


@pytest.mark.parametrize(
    ("step", "lines"),
    [
        (None, ["Not decided yet"]),
        (TOLD, ["Yes – told", "3 people, Fri 20 Nov 2026, 22:05 GMT", TOLD.reason]),
        (
            NOT_REQUIRED,
            [
                "No – decided not to",
                "DPA 2018 s.68(3)(a): The data was protected, for example encrypted",
                NOT_REQUIRED.reason,
            ],
        ),
        (
            RESTRICTED,
            [
                "Something else",
                "Telling them is restricted until 15 December 2026, when that is looked at again.",
                "DPA 2018 s.68(7)(b): Not to prejudice crime prevention, investigation or "
                "prosecution",
                RESTRICTED.reason,
            ],
        ),
    ],
)
def test_whether_people_were_told_is_in_the_forms_words(
    step: Step | None, lines: list[str]
) -> None:
    steps = (step,) if step else ()
    assert answer(pack_of(RECEIVED, BREACH, *steps), 24).splitlines() == lines


def test_organisations_that_were_told_are_named() -> None:
    told = answer(pack_of(RECEIVED, BREACH, ORGANISATION_TOLD), 25)
    assert told.startswith("Yes\nPolice force: West Midlands Police")
    assert "It is their material." in told


def test_what_the_organisation_has_filled_in_once_is_in_every_pack() -> None:
    contact = Contact(name="DPO office", email="dpo@example.org", phone="020 7946 0000")
    controller = Controller(
        registration="Z0000000",
        sector="Justice",
        address="1 High Street",
        training="Every year.",
        measures="Two pairs of eyes.",
        code_of_conduct="No",
        contact=contact,
        dpo=contact,
    )
    pack = pack_of(RECEIVED, BREACH, units=ORGANISATION.model_copy(update={"ico": controller}))
    assert "Z0000000" in answer(pack, 27)
    assert answer(pack, 28) == answer(pack, 29)
    assert "dpo@example.org" in answer(pack, 28)
    assert [each.row.number for each in pack.other_by_hand] == [1, 10]


def test_a_report_that_came_by_phone_says_so() -> None:
    by_phone = OPENING.model_copy(update={"source": Source.FILE, "reporter": None})
    assert "by telephone or e-mail" in answer(pack_of(RECEIVED, opening=by_phone), 6)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((RECEIVED,), "OST has not reviewed this case yet."),
        ((RECEIVED, NO_BREACH), "does not find this case to be a personal data breach"),
        ((RECEIVED, BREACH), "It is not decided yet whether to notify the ICO."),
        ((RECEIVED, BREACH, NO_NOTICE), "It was decided not to notify the ICO."),
    ],
)
def test_the_top_says_where_the_case_stands(steps: tuple[Step, ...], words: str) -> None:
    assert any(words in notice for notice in pack_of(*steps).notices)


def test_a_drill_says_that_it_is_one() -> None:
    pack = pack_of(RECEIVED, BREACH, opening=OPENING.model_copy(update={"drill": True}))
    assert "This is a drill: send nothing to the ICO." in pack.notices
