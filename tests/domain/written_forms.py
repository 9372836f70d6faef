"""Messages as they were once written: `golden/NAME.N.json`, N counting the forms of each.

A form that was ever written stays for ever. `python -m tests.domain.written_forms` adds the
present form of each message that is written differently than before; look at what it adds.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from domain.discipline.proceeding import ProceedingEvent
from domain.discipline.words import Move, OutcomeBucket
from domain.incident import Incident
from domain.message import Message
from domain.origin import Origin
from domain.past import (
    Imported,
    ImportedReferrals,
    ImportEvent,
    PastReferral,
    ReferralImportEvent,
)
from domain.steps import CaseEvent
from domain.taxonomy import Classification, IncidentType
from tests.domain.audits import FRESH, event, every_step
from tests.domain.audits import lived as lived_recommendation
from tests.domain.referrals import CHOICE, REFERRAL, REMINDER, RESUMED, lived, proceeding_after
from tests.domain.samples import (
    AWARENESS,
    CORRECTION,
    LIFE,
    OPENING,
    STEPS,
    case_after,
    time_of,
)

FOLDER = Path(__file__).parent / "golden"
HR_MOVES = (Move.FORMAL, Move.SUSPENDED, Move.TO_HEARING, (Move.OUTCOME, OutcomeBucket.OTHER))
FILES = sorted(FOLDER.glob("*.json"))
MESSAGES: dict[str, Message] = {
    "opening": OPENING,
    "case": case_after(*LIFE, CORRECTION, AWARENESS),
    "choice": CHOICE,
    "referral": REFERRAL,
    "proceeding": proceeding_after(*HR_MOVES),
    **{event.step.kind: event for _, event in lived(*HR_MOVES)},
    "imported": ImportEvent(
        at=time_of(1),
        actor="os:ost",
        step=Imported(
            incident=Incident(
                reference="PI-2022-0001",
                origin=Origin.IMPORTED,
                imported_as="OST-1",
                area="hq",
                incident_type=IncidentType.REDACTION,
                classification=Classification.BREACH,
                discovered_on=date(2022, 3, 1),
                notify=False,
            )
        ),
    ),
    "imported_referrals": ReferralImportEvent(
        at=time_of(1),
        actor="os:ost",
        step=ImportedReferrals(referrals=(PastReferral(date(2022, 3, 1), date(2022, 3, 9)),)),
    ),
    "recommendation": lived_recommendation(*every_step()),
    **{taken.kind: event(FRESH, taken) for taken in every_step()},
    "referral_resumed": ProceedingEvent(number=1, at=time_of(1), step=RESUMED),
    "referral_reminder": ProceedingEvent(number=1, at=time_of(1), step=REMINDER),
    **{step.kind: CaseEvent(number=1, at=time_of(1), step=step) for step in STEPS},
}


def written(message: Message) -> Any:
    """What stands in the file of a message."""
    return json.loads(message.model_dump_json())


def name_of(file: Path) -> str:
    """Which message a file is a form of."""
    return file.name.split(".")[0]


def forms(name: str) -> list[Path]:
    """The files of a message, oldest first."""
    return sorted(FOLDER.glob(f"{name}.*.json"), key=lambda file: int(file.suffixes[0][1:]))


def add_new_forms() -> None:
    """Writes the present form of each message unless the latest file has it."""
    for name, message in MESSAGES.items():
        known = forms(name)
        content = written(message)
        if known and json.loads(known[-1].read_text(encoding="utf-8")) == content:
            continue
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (FOLDER / f"{name}.{len(known) + 1}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    add_new_forms()
