"""What people say that can't be true together: the facts they complete, times and numbers."""

from datetime import datetime, timedelta

from domain.case import Case
from domain.clocks import london
from domain.facts import Facts
from domain.opening import WITH_SECOND_LOOK
from domain.report import (
    CLOCK_SKEW,
    EARLIEST_OCCURRENCE,
    MOST_PEOPLE,
    Problem,
    band_problems,
    range_problem,
    text_problems,
)
from domain.steps import FactsCompleted, IcoSubmission, PeopleInformed
from domain.taxonomy import Communication

WHOLE_MINUTES = timedelta(minutes=1)
"""Forms give whole minutes, so that a time may come up to a minute early."""


def facts_problems(case: Case, step: FactsCompleted) -> list[Problem]:
    """Everything wrong with completed facts, as they would stand then."""
    facts = case.facts.completed(step)
    problems = [
        *_count_problems(case, step, facts),
        *_occurrence_problems(case, facts),
    ]
    if not problems and facts == case.facts:
        problems.append(Problem("people_affected", "Give at least one fact that is new."))
    return problems + text_problems("reason", step.reason, required=True)


def _count_problems(case: Case, step: FactsCompleted, facts: Facts) -> list[Problem]:
    number, roughly = step.people_affected, step.people_band
    if number is None and roughly is None:
        return []
    if number is not None and not 0 <= number <= MOST_PEOPLE:
        return [Problem("people_affected", "Give a whole number of people.")]
    if problems := band_problems(number, roughly):
        return problems
    told = case.people.decision.number if case.people else None
    limit = facts.most_affected
    if told is not None and limit is not None and told > limit:
        return [
            Problem(
                "people_affected" if roughly is None else "people_band",
                f"{told:,} people have been told, so at least that many are affected.",
            )
        ]
    return []


def _occurrence_problems(case: Case, facts: Facts) -> list[Problem]:
    begun, until = facts.occurred_at, facts.circumstances.occurred_until
    discovered = case.discovered_at
    if begun and begun > discovered:
        return [Problem("occurred_at", f"This is after the discovery ({london(discovered)}).")]
    if begun and begun < EARLIEST_OCCURRENCE:
        return [Problem("occurred_at", "Check the year: this is before 1900.")]
    if until and (problem := range_problem(begun, until)):
        return [problem]
    if until and until > discovered:
        return [Problem("occurred_until", f"This is after the discovery ({london(discovered)}).")]
    return []


def discovery_problems(case: Case, discovered: datetime) -> list[Problem]:
    """Nobody discovers what has not happened yet: of two such times one is wrong."""
    facts = case.facts
    ended = facts.range[1] if facts.range else facts.occurred_at
    if case.opening.procedure < WITH_SECOND_LOOK or ended is None or discovered >= ended:
        return []
    happened = " to ".join(london(each) for each in facts.range or (ended,))
    return [
        Problem(
            "at",
            f"You give {london(discovered)} as the discovery, but it is recorded that it happened "
            f"{happened}. If that is what is wrong, correct it first with “Complete the facts…”; "
            "what is typed here is not recorded yet.",
        )
    ]


def early_problems(case: Case, step: IcoSubmission) -> list[Problem]:
    """A submission may come before its decision is recorded, but that needs its reasons.

    Neither Art. 33 nor s.67 asks for a decision first, and the helpline or the form may have been
    used while nothing could be recorded: to refuse what is true would only breed false times.
    """
    decided = case.ico_decision
    if case.opening.procedure < WITH_SECOND_LOOK or decided is None:
        return []
    is_early = step.submitted_at < decided.at - CLOCK_SKEW - WHOLE_MINUTES
    if not is_early or (step.early_reasons or "").strip():
        return text_problems("early_reasons", step.early_reasons)
    return [
        Problem(
            "early_reasons",
            f"That is before the decision to notify was recorded ({london(decided.at)}). Put the "
            "time right, or say here why the ICO was told first.",
        )
    ]


def number_told_problems(case: Case, step: PeopleInformed) -> list[Problem]:
    """More people can't have been told than are affected; none told is another answer."""
    if case.opening.procedure < WITH_SECOND_LOOK or step.communication is not Communication.TOLD:
        return []
    if step.number is not None and step.number < 1:
        return [Problem("number", "If nobody has been told yet, leave this for later.")]
    affected = case.facts.most_affected
    if step.number is None or affected is None or step.number <= affected:
        return []
    return [
        Problem(
            "number",
            f"Only {affected:,} people are recorded as affected. If more are, choose *Complete "
            "the facts…* first; what is typed here is not recorded yet.",
        )
    ]
