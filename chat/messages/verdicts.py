"""Who is told what OST found a case to be, and what it is now when that has changed.

Nobody is left with a last word that is not true any more.
"""

from collections.abc import Iterator

from chat.elements import button, buttons
from chat.forms.details import DETAILS
from chat.messages.card import Content
from chat.messages.notices import Notice, to_reporter, with_rows
from chat.messages.remediation import remediation_row
from domain.bulletin import Bulletin
from domain.case import Case
from domain.organisation import Organisation
from domain.steps import (
    CaseEvent,
    Closure,
    EffectivenessReview,
    Reclassification,
    Reopening,
    Review,
    Separation,
)
from domain.taxonomy import Classification, Role

_SEE_TO_IT = "Please see to its remediation with OST."
_NOTHING_TO_REMEDY = "There is nothing to remedy in it."
_ELSEWHERE = "Whatever is to be remedied is seen to in {case}."
_FOUND = {
    Classification.BREACH: "it is a breach.",
    Classification.DUPLICATE: (
        "the same breach was reported before, and both reports go on as one case. Thank you."
    ),
    Classification.NEAR_MISS: "it is a near miss: nothing went astray. Thank you.",
    Classification.UPSTREAM: (
        "it is an upstream redaction failure, and nothing was disclosed by us. Thank you."
    ),
}
_NO_BREACH = "it is not a breach. Thank you."
_FOUND_AGAIN = {
    Classification.BREACH: "it is a breach now.",
    Classification.DUPLICATE: _FOUND[Classification.DUPLICATE],
    Classification.NEAR_MISS: "it is a near miss now: nothing went astray. Thank you.",
    Classification.UPSTREAM: (
        "it is an upstream redaction failure now, and nothing was disclosed by us. Thank you."
    ),
}
_NO_BREACH_NOW = "it is not a breach now. Thank you."


def verdict_notices(
    bulletin: Bulletin, event: CaseEvent, organisation: Organisation
) -> Iterator[Notice]:
    """The direct messages that a finding gives rise to, by what that step itself says.

    Several steps may come in one bulletin, so that the case may already be something else again.
    """
    case, step = bulletin.case, event.step
    match step:
        case Review():
            if step.classification is Classification.BREACH:
                yield Notice(Role.SIM, _for_sim(case, _is_a_breach(case, organisation)))
            found = _FOUND.get(step.classification, _NO_BREACH)
            yield from to_reporter(case, f"OST has reviewed *{case.reference}*: {found}")
        case Reclassification():
            yield from _of_reclassification(bulletin, event, step, organisation)
        case Reopening():
            text = f"*{case.reference}* was opened again. You will hear from us here."
            yield from to_reporter(case, text)
        case Closure() if case.is_breach:
            yield Notice(Role.SIM, _for_sim(case, f"{_name(case, organisation)} is closed."))
        case Separation():
            yield from _of_separation(case, organisation)
        case EffectivenessReview(further_action=True):
            yield Notice(Role.SIM, _for_sim(case, _needs_more(case, organisation)))


def _of_reclassification(
    bulletin: Bulletin, event: CaseEvent, step: Reclassification, organisation: Organisation
) -> Iterator[Notice]:
    """Of what has changed by it; of an unchanged finding nobody hears a second time."""
    case, changed = bulletin.case, bulletin.case.changed_by(event.number)
    if changed is None or changed.before is not step.classification:
        yield Notice(Role.SIM, _for_sim(case, _looked_at_again(case, step, organisation)))
        found = _FOUND_AGAIN.get(step.classification, _NO_BREACH_NOW)
        yield from to_reporter(case, f"OST has looked at *{case.reference}* again: {found}")
    elif step.severity and step.severity is not changed.severity_before:
        text = (
            f"OST has looked at {_name(case, organisation)} again: its severity is "
            f"{step.severity.label.lower()} now."
        )
        yield Notice(Role.SIM, _for_sim(case, text))


def _of_separation(case: Case, organisation: Organisation) -> Iterator[Notice]:
    """It is again what it was before; the SIM was told of a duplicate only if it had been that."""
    own = f"*{case.reference}* is not a duplicate after all and goes on as a case of its own"
    if case.review is None:
        yield from to_reporter(case, f"{own}. OST reviews it; you will hear from us here.")
        return
    is_what = _FOUND.get(case.review.decision.classification, _NO_BREACH)
    yield from to_reporter(case, f"{own}: {is_what}")
    text = (
        f"{_name(case, organisation)} is not a duplicate after all and goes on as a case of its "
        f"own: {'it is a breach' if case.is_breach else 'it is not a breach'}. "
        f"{_SEE_TO_IT if case.is_breach else _NOTHING_TO_REMEDY}"
    )
    yield Notice(Role.SIM, _for_sim(case, text))


def _is_a_breach(case: Case, organisation: Organisation) -> str:
    what = case.opening.report.incident_type.label
    return f"{_name(case, organisation)} is a breach: {what}. {_SEE_TO_IT}"


def _looked_at_again(case: Case, step: Reclassification, organisation: Organisation) -> str:
    again = f"OST has looked at {_name(case, organisation)} again:"
    match step.classification:
        case Classification.BREACH:
            severity = f", severity {step.severity.label.lower()}" if step.severity else ""
            return f"{again} it is a breach now{severity}. {_SEE_TO_IT}"
        case Classification.DUPLICATE:
            elsewhere = _ELSEWHERE.format(case=f"*{step.duplicate_of}*")
            return f"{again} it is a duplicate. {elsewhere}"
    return f"{again} it is not a breach now. {_NOTHING_TO_REMEDY}"


def _needs_more(case: Case, organisation: Organisation) -> str:
    return f"{_name(case, organisation)} needs further action: so OST's effectiveness review found."


def _name(case: Case, organisation: Organisation) -> str:
    return f"*{case.reference}* in {organisation.area_name(case.area)}"


def _for_sim(case: Case, text: str) -> Content:
    """With what the SIM may do about it, as long as it is a breach."""
    details = button(DETAILS, "Details", case.reference)
    return with_rows(case, text, [*remediation_row(case, stays=True), *buttons([details])])
