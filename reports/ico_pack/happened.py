"""The report itself and what happened: fields 1 to 8."""

from domain.clocks import london
from domain.facts import Facts
from domain.steps import FactsCompleted
from domain.taxonomy import Source
from reports.ico_pack.answer import Answer, Words, by_hand, given, not_asked, not_yet_known
from reports.ico_pack.form import ReportType
from reports.ico_pack.record import Record


def report_answers(record: Record, kind: ReportType) -> dict[int, Answer]:
    """Which report it is: fields 1 to 3."""
    return {
        1: by_hand(add="Leave it empty if you have spoken to nobody at the ICO."),
        2: given(kind.label),
        3: _ico_reference(record)
        if kind is ReportType.FOLLOW_UP
        else not_asked("this is the initial report."),
    }


def happened_answers(record: Record) -> dict[int, Answer]:
    """What happened and when: fields 4 to 8."""
    case = record.case
    return {
        4: _what_happened(record),
        5: given("Yes" if case.opening.report.incident_type.is_cyber else "No"),
        6: _found_out(record),
        7: _discovered(record),
        8: _occurred(case.facts),
    }


def _ico_reference(record: Record) -> Answer:
    submission = record.case.ico_submission
    letters = record.case.letters
    if letters:
        letter = letters[-1].decision
        return given(
            Words(
                letter.ico_reference,
                "“The ICO has written”: ICO reference",
            )
        )
    if submission:
        sent = submission.decision
        source = "“ICO submission”: ICO reference"
        return given(Words(sent.ico_reference, source))
    return by_hand(add="No submission to the ICO is on record.")


def _what_happened(record: Record) -> Answer:
    report = record.case.opening.report
    lines: list[str | Words] = [
        report.incident_type.label,
        Words(
            report.description,
            "“Report a breach”: what happened, in a few sentences",
        ),
    ]
    lines += [
        Words(
            step.reason,
            "“Complete the facts”: what was found out, and how",
            "Found out since: ",
        )
        for step in record.steps(FactsCompleted)
    ]
    review = record.case.review
    if review and review.decision.findings.affected:
        kinds = "; ".join(each.label for each in review.decision.findings.affected)
        lines.append(f"What failed: {kinds}.")
    return given(*lines, add="What went wrong, and how it came about, if it is not said above.")


def _found_out(record: Record) -> Answer:
    opening = record.case.opening
    route = "by telephone or e-mail" if opening.source is Source.FILE else "by a member of staff"
    at = london(opening.reported_at)
    lines = [f"It was reported {route} to the Operational Security Team on {at}."]
    if record.case.merged:
        lines.append("The same breach was reported more than once.")
    return given(*lines, add="How it was noticed, if field 4 does not say so.")


def _discovered(record: Record) -> Answer:
    case = record.case
    lines = [london(case.discovered_at)]
    if case.controller_aware_at != case.discovered_at:
        aware = london(case.controller_aware_at)
        lines.append(f"The organisation became aware that it was a breach: {aware}.")
    return given(*lines)


def _occurred(facts: Facts) -> Answer:
    if facts.range:
        begun, until = facts.range
        return given(f"Between {london(begun)} and {london(until)}")
    return given(london(facts.occurred_at)) if facts.occurred_at else not_yet_known()
