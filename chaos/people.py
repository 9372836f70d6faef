"""People at their Slack clients: they report and decide, read what they see, and try again."""

import asyncio
import random
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bench.reporting import ANSWERS
from chaos.ledger import Act, Ledger
from chat import answers
from chat.elements import read_subject
from chat.forms.late import LATE_REASON
from localslack.driver import Message, NotSeenError, Person, RefusedError, Submission, View
from localslack.kinds import Json

TROUBLE = (aiohttp.ClientError, TimeoutError, ConnectionError, NotSeenError, RefusedError)
"""What a person meets when Slack or the app does not answer, or a message has changed meanwhile."""
FORM_WITHIN_S = 4.0
CLAIM_WITHIN_S = 6.0
AGAIN_AFTER_S = (0.5, 2.0)
PATIENCE_S = 45.0
"""How long somebody tries on with one form."""
TRY_AGAIN = (answers.NOT_CONFIRMED, answers.NOT_CHECKED)
"""What the app says when the same form is to be sent again."""

REFERENCE = re.compile(r"\b[A-Z]+-\d{4}-\d{4,}\b")
MOMENTS = re.compile(r"<!date\^(\d+)\^")
_CLAIMED = re.compile(r"claimed by <@(\w+)>")

NEXT_ALARM_HOURS = (12, 20, 23)
"""After discovery OST's clock reminds (organisation.toml)."""
SHARE_WITH_AN_ALARM = 0.3
"""Of the reports: their clock speaks while things go wrong."""
_AREAS = ("west-midlands", "london-north", "hq", "wessex")
_WORDS = ("amber", "birch", "cedar", "dune", "elm", "fern", "gravel", "heron", "ivory", "juniper")


class Worker(ABC):
    """Somebody who does one thing after another until the day is over."""

    def __init__(self, person: Person, ledger: Ledger, chance: random.Random) -> None:
        """At their client; what they see goes into the ledger, what they choose is by chance."""
        self.person = person
        self.ledger = ledger
        self.chance = chance

    async def work(self, over: asyncio.Event, pause_s: tuple[float, float]) -> None:
        """Works until it is over; whatever is begun then is brought to its end."""
        while not over.is_set():
            try:
                await asyncio.wait_for(over.wait(), self.chance.uniform(*pause_s))
            except TimeoutError:
                try:
                    await self.one_thing()
                except TROUBLE:
                    self.ledger.again += 1
                    await asyncio.sleep(self.chance.uniform(*AGAIN_AFTER_S))

    @abstractmethod
    async def one_thing(self) -> None:
        """Does one thing.

        Raises:
            one of TROUBLE: when it did not come to an end that could be seen.
        """

    def typed(self) -> str:
        """Something to be found again in the record."""
        return " ".join(self.chance.sample(_WORDS, 4))

    async def answered(self, form: View, given: Mapping[str, Any]) -> Submission | None:
        """Submits a form, again as long as that is what it says; None when the form has gone."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                submission = await self.person.submit(form, given)
            except TROUBLE:
                if await self._has_gone(form):
                    self.ledger.form_gone += 1
                    return None
            else:
                told = " ".join(submission.errors.values())
                if submission.accepted or not any(words in told for words in TRY_AGAIN):
                    return submission
            self.ledger.again += 1
            await asyncio.sleep(self.chance.uniform(*AGAIN_AFTER_S))
        return None

    async def _has_gone(self, form: View) -> bool:
        try:
            return all(view.id != form.id for view in await self.person.modals())
        except TROUBLE:
            return False


class Reporter(Worker):
    """Somebody who reports breaches."""

    async def one_thing(self) -> None:
        """Types `/breach`, fills in the form and reads the receipt."""
        app = await self.person.dm()
        await self.person.type(app, "/breach")
        form = await self.person.modal("Report a breach", FORM_WITHIN_S)
        typed, discovered = self.typed(), self._discovered()
        given: dict[str, Any] = {
            **ANSWERS,
            "area": self.chance.choice(_AREAS),
            "discovered_at": int(discovered.timestamp()),
            "description": f"A statement went to the wrong address: {typed}.",
        }
        submission = await self.answered(form, given)
        if submission and submission.modal and _asks_why_late(submission.modal):
            late = {LATE_REASON: "It took a day to find out who had sent it."}
            submission = await self.answered(submission.modal, late)
        receipt = submission.modal if submission and submission.accepted else None
        reference = REFERENCE.search(receipt.text()) if receipt else None
        if receipt and reference:
            self.ledger.enter(
                Act.REPORT,
                reference[0],
                f"U0{self.person.handle.replace('-', '').upper()}",
                given["description"],
                discovered_at=discovered,
                shown=moments(receipt.blocks),
            )
            await self.person.dismiss(receipt)

    def _discovered(self) -> datetime:
        """Within the last day; now and then so that the clock speaks within a minute."""
        now = datetime.now(UTC).replace(microsecond=0)
        if self.chance.random() < SHARE_WITH_AN_ALARM:
            hours = timedelta(hours=self.chance.choice(NEXT_ALARM_HOURS))
            return now - hours + timedelta(seconds=self.chance.randint(10, 45))
        return now - timedelta(seconds=self.chance.randint(300, 20 * 3600))


class Officer(Worker):
    """Somebody of OST or the DPO's office, who takes the next step of a case in their channel."""

    def __init__(
        self,
        person: Person,
        ledger: Ledger,
        chance: random.Random,
        *,
        channel: str,
        acts: tuple[Act, ...],
    ) -> None:
        """Takes steps of these kinds where a card of the channel offers them."""
        super().__init__(person, ledger, chance)
        self._channel = channel
        self._acts = acts
        self._id = f"U0{person.handle.upper()}"

    async def one_thing(self) -> None:
        """Presses a button of a card, and fills in the form that it opens.

        As often as not it is the oldest card, where others press as well.
        """
        cards = [(card, act) for card in await self._cards() for act in self._offered(card)]
        if not cards:
            return
        card, act = cards[0] if self.chance.random() < 0.5 else self.chance.choice(cards)  # noqa: PLR2004
        await self.person.press(card, act.value)
        if act is Act.CLAIM:
            await self._see_it_claimed(card)
        else:
            await self._fill_in(await self.person.modal(timeout=FORM_WITHIN_S))

    async def _cards(self) -> list[Message]:
        """The cards, oldest first; without what only this person sees, such as a refusal."""
        messages = await self.person.messages(self._channel)
        return [message for message in messages if message.is_app and not message.ephemeral]

    def _offered(self, card: Message) -> list[Act]:
        names = {button.action_id for button in card.buttons()}
        return [act for act in self._acts if act.value in names]

    async def _see_it_claimed(self, card: Message) -> None:
        """Reads off the card who has it in hand, this person or a faster one."""
        deadline = time.monotonic() + CLAIM_WITHIN_S
        while time.monotonic() < deadline:
            now = await self.person.again(card)
            claimed = _CLAIMED.search(str(now.blocks)) if now else None
            if now and claimed:
                self.ledger.enter(Act.CLAIM, _reference(now), claimed[1])
                self.ledger.refused += claimed[1] != self._id
                return
            await asyncio.sleep(0.3)
        self.ledger.again += 1

    async def _fill_in(self, form: View) -> None:
        """Fills in whichever form is open: after a slow answer it may be the one before."""
        act, typed = Act(form.data["callback_id"]), self.typed()
        reference, _ = read_subject(form.private_metadata)
        submission = await self.answered(form, self._given(act, typed))
        if submission and submission.accepted:
            self.ledger.enter(act, reference, self._id, typed)
        elif submission:
            self.ledger.refused += 1
            await self.person.dismiss(form)

    def _given(self, act: Act, typed: str) -> dict[str, Any]:
        breach = {"classification": "breach", "severity": "high", "reason": typed}
        none = {"classification": "not_a_breach", "reason": typed}
        given: dict[Act, dict[str, Any]] = {
            Act.REVIEW: self.chance.choice((breach, breach, none)),
            Act.ICO_DECISION: {"notify": "notify", "reason": typed},
            Act.ICO_SUBMISSION: {"ico_reference": typed},
            Act.CLOSURE: {"outcome": typed},
        }
        return given[act]


def moments(blocks: list[Json]) -> frozenset[int]:
    """The moments that blocks show, as Unix seconds."""
    return frozenset(int(found) for found in MOMENTS.findall(str(blocks)))


def _asks_why_late(form: View) -> bool:
    return any(control.block_id == LATE_REASON for control in form.controls())


def _reference(card: Message) -> str:
    found = REFERENCE.search(card.text())
    if found is None:
        raise NotSeenError(f"a card without a reference: {card!r}")
    return found[0]
