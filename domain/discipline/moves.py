"""Which moves are possible at which stage, and where they lead."""

from dataclasses import dataclass

from domain.discipline.words import DisciplinaryStage as Stage
from domain.discipline.words import Move, OutcomeBucket

_UNDECIDED = (Stage.TRIAGE, Stage.INFORMAL, Stage.INVESTIGATION, Stage.HEARING)
_OPEN = (*_UNDECIDED, Stage.DECIDED, Stage.APPEAL)


@dataclass(frozen=True)
class Rule:
    """Where a move is possible, and what it makes of the referral."""

    stages: tuple[Stage, ...]
    to: Stage | None = None
    """None: the stage stays."""
    outcome: OutcomeBucket | None = None
    """The outcome that the move says by itself."""


RULES: dict[Move, Rule] = {
    Move.NO_CASE: Rule((Stage.TRIAGE,), Stage.DECIDED, OutcomeBucket.NO_CASE),
    Move.INFORMAL: Rule((Stage.TRIAGE, Stage.INVESTIGATION), Stage.INFORMAL),
    Move.FORMAL: Rule((Stage.TRIAGE, Stage.INFORMAL), Stage.INVESTIGATION),
    Move.NO_FURTHER_ACTION: Rule((Stage.INVESTIGATION,), Stage.DECIDED, OutcomeBucket.NO_CASE),
    Move.TO_HEARING: Rule((Stage.INVESTIGATION,), Stage.HEARING),
    Move.OUTCOME: Rule((Stage.INFORMAL, Stage.HEARING), Stage.DECIDED),
    Move.RESIGNED: Rule(_UNDECIDED, Stage.DECIDED, OutcomeBucket.RESIGNED),
    Move.APPEALED: Rule((Stage.DECIDED,), Stage.APPEAL),
    Move.APPEAL_DECIDED: Rule((Stage.APPEAL,), Stage.DECIDED),
    Move.SUSPENDED: Rule(_UNDECIDED),
    Move.TRANSFERRED: Rule(_UNDECIDED),
    Move.ON_HOLD: Rule(_UNDECIDED),
    Move.LIFTED: Rule(_UNDECIDED),
    Move.LOOKED_AT: Rule(_OPEN),
    Move.CLOSED: Rule((Stage.DECIDED,), Stage.CLOSED),
}

INTERIM = (Move.SUSPENDED, Move.TRANSFERRED, Move.ON_HOLD)
"""Measures until the outcome; several may be in force."""

_SANCTIONS = (
    OutcomeBucket.FIRST_WARNING,
    OutcomeBucket.FINAL_WARNING,
    OutcomeBucket.PENALTY,
    OutcomeBucket.DISMISSAL,
)
_MILD = (
    OutcomeBucket.NO_CASE,
    OutcomeBucket.INFORMAL_ACTION,
    OutcomeBucket.TRAINING,
    OutcomeBucket.OTHER,
)


def outcomes(stage: Stage) -> tuple[OutcomeBucket, ...]:
    """The outcomes that may be decided at a stage; a sanction takes a hearing (Acas Code)."""
    if stage is Stage.INFORMAL:
        return _MILD
    return (*_MILD, *_SANCTIONS) if stage in (Stage.HEARING, Stage.APPEAL) else ()
