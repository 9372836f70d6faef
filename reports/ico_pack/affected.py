"""The data, the people, and what it may mean for them: fields 9 to 17."""

from domain.assessment import Risk
from domain.case import Case
from domain.data import DataSubject, DataType, IcoDataSubject, PeopleBand, ico_subjects
from domain.ico import ConsequencesLikely
from domain.severity_grid import Likelihood
from domain.taxonomy import Labelled
from reports.ico_pack.answer import Answer, Words, by_hand, given, not_asked, not_yet_known
from reports.ico_pack.record import Record

_BY_RISK = {
    Risk.VERY_LIKELY: ConsequencesLikely.VERY_LIKELY,
    Risk.LIKELY: ConsequencesLikely.LIKELY,
    Risk.UNLIKELY: ConsequencesLikely.UNLIKELY,
}
"""By the answer to the ICO's self-assessment; who is not sure does not know yet."""
_BY_LIKELIHOOD = {
    Likelihood.OCCURRED: ConsequencesLikely.VERY_LIKELY,
    Likelihood.HIGHLY_LIKELY: ConsequencesLikely.VERY_LIKELY,
    Likelihood.LIKELY: ConsequencesLikely.LIKELY,
    Likelihood.NOT_LIKELY: ConsequencesLikely.UNLIKELY,
    Likelihood.NOT_OCCURRED: ConsequencesLikely.VERY_UNLIKELY,
}
"""By the assessment of severity, where the self-assessment was not answered."""

CYBER_ONLY = "not a cyber incident."


def affected_answers(record: Record) -> dict[int, Answer]:
    """Fields 9 to 17."""
    case = record.case
    known = case.facts.circumstances
    return {
        9: _ticked(known.data_types, DataType.NOT_YET_KNOWN, DataType.OTHER),
        10: by_hand(add="The number of records; the register counts people."),
        11: _people(case),
        12: _subjects(known.data_subjects),
        13: _consequences(case),
        14: _likelihood(case),
        **_cyber(case),
    }


def _ticked(chosen: tuple[DataType, ...], unknown: DataType, other: DataType) -> Answer:
    """The boxes to tick, each on a line, in the form's order."""
    known = tuple(each.label for each in DataType if each in chosen and each is not unknown)
    add = "What “Other” is." if other in chosen else ""
    if not chosen or unknown in chosen:
        return not_yet_known(*known, add=add)
    return given(*known, add=add)


def _people(case: Case) -> Answer:
    number, band = case.facts.people_affected, case.facts.circumstances.people_band
    if number is not None:
        return given(f"{number:,}")
    roughly = band is not None and band is not PeopleBand.UNKNOWN
    return not_yet_known(*([f"Roughly: {band.label}"] if band and roughly else []))


def _subjects(chosen: tuple[DataSubject, ...]) -> Answer:
    """The ICO's boxes; it has none for victims or witnesses, so they go under Other by name."""
    boxes = ico_subjects(chosen)
    others = [each for each in DataSubject if each in chosen and each.ico is IcoDataSubject.OTHER]
    details = "; ".join(each.label for each in others)
    lines = [
        f"{box.label}: {details}" if box is IcoDataSubject.OTHER else box.label
        for box in boxes
        if box is not IcoDataSubject.NOT_YET_KNOWN
    ]
    add = "What “Other” is." if DataSubject.OTHER in chosen else ""
    if not boxes or IcoDataSubject.NOT_YET_KNOWN in boxes:
        return not_yet_known(*lines, add=add)
    return given(*lines, add=add)


def _consequences(case: Case) -> Answer:
    known = case.facts.circumstances
    facts = [
        f"{words}: {answer.label}"
        for words, answer in (
            ("Somebody’s physical safety may be at stake", known.physical_safety),
            ("Criminal proceedings are live", known.live_proceedings),
            ("The data was recovered", known.recovered),
            ("The data stayed within the criminal justice system", known.retained_in_cjs),
        )
    ]
    add = "Any actual harm so far."
    if case.review is None:
        return not_yet_known(*facts, add=add)
    review = case.review.decision
    severity = [f"Severity, as judged: {review.severity.label}"] if review.severity else []
    words = Words(review.reason, "“OST review”: reasons")
    return given(*severity, words, *facts, add=add)


def _likelihood(case: Case) -> Answer:
    decision = case.ico_decision.decision if case.ico_decision else None
    found: Labelled | None = None
    if decision and decision.answers.risk:
        found = _BY_RISK.get(decision.answers.risk)
    elif case.assessment and case.assessment.decision.likelihood:
        found = _BY_LIKELIHOOD[case.assessment.decision.likelihood]
    details = [Words(decision.reason, "“ICO decision”: reasons")] if decision else []
    return given(found.label, *details) if found else not_yet_known(*details)


def _cyber(case: Case) -> dict[int, Answer]:
    if not case.opening.report.incident_type.is_cyber:
        return dict.fromkeys((15, 16, 17), not_asked(CYBER_ONLY))
    affected = case.review.decision.findings.affected if case.review else ()
    kinds = [each.label for each in affected]
    return {
        15: given("Yes", *kinds) if kinds else not_yet_known(),
        16: by_hand(),
        17: by_hand(),
    }
