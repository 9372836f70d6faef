"""What is wrong with a time of discovery or awareness that somebody puts right."""

from datetime import datetime

from domain.case import Case
from domain.clocks import london
from domain.plausible import discovery_problems
from domain.report import CLOCK_SKEW, EARLIEST, Problem, text_problems
from domain.steps import Correction
from domain.taxonomy import Moment


def correction_problems(case: Case, step: Correction, now: datetime) -> list[Problem]:
    """Everything wrong with the fields of a corrected time.

    Args:
        case: the case as it stands.
        step: what the person wrote.
        now: the case's own clock (aware).
    """
    problems = text_problems("reason", step.reason, required=True)
    if step.at > now + CLOCK_SKEW:
        problems.append(Problem("at", f"This is in the future: it is {london(now)} now."))
    if step.at < EARLIEST:
        problems.append(Problem("at", "Check the year: this is before 2000."))
    problems += _merged_problems(case, step)
    if step.moment is Moment.AWARE:
        return problems + _awareness_problems(case, step)
    return problems + _discovery_problems(case, step)


def _merged_problems(case: Case, step: Correction) -> list[Problem]:
    """Of several reports of one breach the earliest time counts, whatever is put right here."""
    is_aware = step.moment is Moment.AWARE
    for each in case.merged:
        theirs = each.aware_at if is_aware else each.discovered_at
        if theirs < step.at:
            return [
                Problem(
                    "at",
                    f"{each.reference}, which was merged into this case, says {london(theirs)}, "
                    "and the earliest counts. If that is wrong, undo there that it is a "
                    "duplicate, and put its time right.",
                )
            ]
    return []


def _awareness_problems(case: Case, step: Correction) -> list[Problem]:
    if step.at >= case.discovered_at:
        return []
    return [
        Problem(
            "at",
            f"Nobody can be aware before the discovery ({london(case.discovered_at)}). "
            "Correct the discovery first if that is what is wrong.",
        )
    ]


def _discovery_problems(case: Case, step: Correction) -> list[Problem]:
    reported, aware = case.opening.reported_at, case.awareness_corrected
    if step.at > reported + CLOCK_SKEW:
        return [Problem("at", f"It was discovered before it was reported ({london(reported)}).")]
    if aware and step.at > aware:
        return [
            Problem(
                "at",
                f"Nobody can be aware before the discovery, and awareness is set to "
                f"{london(aware)}. Correct the awareness first if that is what is wrong.",
            )
        ]
    return discovery_problems(case, step.at) if step.at >= EARLIEST else []
