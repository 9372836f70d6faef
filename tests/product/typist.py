"""A mark typed into every field of every step that holds text."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.absence import london_day
from drill.player import Player
from drill.stack import Stack
from localslack.driver import Message, NotSeenError
from tests.product import answers
from tests.product.answers import DPO, GENERAL, OST

LATE = timedelta(hours=80)
INVOLVED = "U0HELEN"
"""Takes no step, so nothing else names her."""


class Typist:
    """Types another mark into each field, in three cases."""

    def __init__(self, stack: Stack, player: Player) -> None:
        """Presses with the player."""
        self.count = 0
        self._stack = stack
        self._player = player

    def words(self) -> str:
        """A mark that stands nowhere else."""
        self.count += 1
        return f"Marker-{self.count}-7f3a"

    async def play_everything(self) -> list[str]:
        """Takes every kind of step that holds text; gives the cases' references."""
        await self._report_and_review()
        await self._decide_and_tell_the_ico()
        await self._tell_people()
        await self._remedy()
        await self._refer()
        await self._complain()
        await self._close_and_reopen()
        first = self._player.reference
        return [first, await self._withdraw(), await self._link_and_undo(first)]

    async def audit(self) -> str:
        """Records an audit and all that is written of its recommendation; gives its reference."""
        owen, tom = self._stack.person("owen"), self._stack.person("tom")
        day = london_day(datetime.now(UTC))
        named = ("body", "subject", "report_reference")
        entry = {
            **{name: self.words() for name in named},
            "reported_on": day.isoformat(),
            "recommendations": f"High | {day + timedelta(days=90)} | {self.words()}",
            "owner": "U0TOM",
        }
        await owen.type(GENERAL, "/breach audit")
        assert (await owen.submit(await owen.modal("Record an audit", 10), entry)).accepted
        told = await tom.wait_for_dm("1 of audit *", 10)
        await self._progress("tom", told, "note")
        await self._progress("tom", told, "addressed", "evidence")
        (audit,) = await self._stack.audits.latest()
        return audit.reference

    async def _progress(self, who: str, told: Message, progress: str, *texts: str) -> None:
        person = self._stack.person(who)
        await person.press(told, "recommendation_step")
        typed = {name: self.words() for name in ("text", *texts)}
        form = await person.modal("Record progress", 10)
        assert (await person.submit(form, {"progress": progress, **typed})).accepted

    async def _report_and_review(self) -> None:
        player, priya = self._player, self._stack.person("priya")
        discovered = int((datetime.now(UTC) - LATE).timestamp())
        report = answers.REPORT | {"discovered_at": discovered, "involved": INVOLVED}
        for name in ("description", "late_reason", "containment"):
            report[name] = self.words()
        await player.report("priya", GENERAL, report)
        await player.press("owen", OST, "claim")
        await self._choose("owen", OST, "hand_over", "Hand over", {"to": "U0MAYA"})
        await self._choose("owen", OST, "question", "Ask the reporter", {}, "text")
        await priya.press(await priya.wait_for_dm("There is a question to you"), "answer")
        answer = {"text": self.words()}
        assert (await priya.submit(await priya.modal("Answer OST"), answer)).accepted
        player.pressed.append("answer")
        moved = {"moment": "discovered_at", "at": discovered + 60}
        await self._choose("owen", OST, "correction", "Correct a time", moved, "reason")
        counted = {"people_affected": "7"}
        await self._choose("owen", OST, "facts_completed", "Complete the facts", counted, "reason")
        grid = {"likelihood": "likely", "effect": "serious"}
        await self._choose("owen", OST, "severity_assessment", "Assess severity", grid)
        await self._fill("owen", OST, "review", "OST review", answers.BREACH, "reason")
        await self._choose("owen", OST, "reclassification", "Reclassify", answers.BREACH, "reason")

    async def _decide_and_tell_the_ico(self) -> None:
        against = answers.DO_NOT_NOTIFY
        why = ("reason", "against_reason")
        await self._fill("daniel", DPO, "ico_decision", "ICO decision", against, *why)
        kind, title = "ico_reconsideration", "Reconsider the ICO"
        await self._choose("daniel", DPO, kind, title, answers.NOTIFY, "reason")
        before = int((await self._player.now() - timedelta(hours=1)).timestamp())
        sent, why = {"submitted_at": before}, ("delay_reasons", "early_reasons")
        title = "ICO submission"
        await self._fill("daniel", DPO, "ico_submission", title, sent, "ico_reference", *why)
        day = london_day(await self._player.now() + timedelta(days=20)).isoformat()
        asked = {"letter": "question", "reply_by": day}
        title = "Letter of the ICO"
        await self._choose("daniel", DPO, "ico_letter", title, asked, "ico_reference", "says")
        title = "Follow-up to the ICO"
        wanted = {"wanted": "wanted", "due_on": day}
        await self._choose("daniel", DPO, "ico_follow_up_plan", title, wanted, "reason")
        told = {"complete": "complete", "sent_at": int((await self._player.now()).timestamp())}
        await self._fill("daniel", DPO, "ico_follow_up", title, told, "what")

    async def _tell_people(self) -> None:
        told = answers.NOT_REQUIRED
        await self._fill("daniel", DPO, "people_informed", "People affected", told, "reason")
        force, texts = {"body": "police_force"}, ("name", "purpose")
        await self._fill("daniel", DPO, "organisation_told", "Organisation told", force, *texts)

    async def _remedy(self) -> None:
        contained = {"state": "contained"}
        await self._choose("owen", OST, "containment", "Containment", contained, "facts")
        for _ in range(2):
            given = {"owner": "U0GRACE"}
            title = "Add remedial action"
            await self._fill("owen", OST, "action_added", title, given, "description")
        passed = {"number": "1", "to": "U0TOM"}
        title = "Hand over an action"
        await self._choose("owen", OST, "action_handed_over", title, passed, "reason")
        day = london_day(await self._player.now() + timedelta(days=50)).isoformat()
        later = {"number": "1", "due_on": day}
        title = "Change a due day"
        await self._choose("owen", OST, "action_rescheduled", title, later, "reason")
        second = {"number": "2"}
        title = "Cancel an action"
        await self._choose("owen", OST, "action_cancelled", title, second, "reason")
        toms = await self._player.dm("tom")
        await self._fill("tom", toms, "action_completed", "Complete action", {}, "evidence")

    async def _refer(self) -> None:
        title = "Referral choice"
        await self._fill("maya", OST, "referral_decision", title, answers.REFERRAL, "reason")
        aisha = self._stack.person("aisha")
        await aisha.press(await aisha.wait_for_dm("has been referred to HR", 10), "referral_step")
        triage = {"move": "formal", "reason": self.words()}
        assert (await aisha.submit(await aisha.modal("Record step", 10), triage)).accepted

    async def _complain(self) -> None:
        came, title = {"route": "email"}, "Complaint received"
        await self._choose("owen", OST, "complaint", title, came, "complaint_reference")
        await self._fill("owen", OST, "complaint_acknowledged", "Complaint acknowledged", {})
        upheld, title = {"outcome": "upheld"}, "Outcome of a complaint"
        await self._fill("owen", OST, "complaint_answered", title, upheld, "reason")

    async def _close_and_reopen(self) -> None:
        title, texts = "Effectiveness review", ("learned", "reason")
        await self._fill("owen", OST, "effectiveness_review", title, answers.LOOK_BACK, *texts)
        await self._fill("owen", OST, "closure", "Close case", {}, "outcome")
        await self._player.outcome()
        await self._fill("owen", OST, "reopening", "Reopen case", {}, "reason")

    async def _withdraw(self) -> str:
        player = self._player
        await player.report("priya", GENERAL, answers.REPORT | {"description": self.words()})
        priyas = await player.dm("priya")
        await self._fill("priya", priyas, "withdrawal", "Withdraw your report", {}, "reason")
        await player.outcome()
        return player.reference

    async def _link_and_undo(self, first: str) -> str:
        player = self._player
        await player.report("priya", GENERAL, answers.REPORT | {"description": self.words()})
        same = {"classification": "duplicate", "duplicate_of": first}
        await self._fill("owen", OST, "review", "OST review", same, "reason")
        await player.outcome()
        await self._fill("owen", OST, "separation", "Not a duplicate", {}, "reason")
        await self._heard_by(first)
        return player.reference

    async def _heard_by(self, first: str) -> None:
        """Until the original has recorded, in its own turn, that the link is undone."""
        for _ in range(400):
            events = await self._stack.store.events(first)
            if any(event.step.kind == "duplicate_removed" for event in events):
                return
            await asyncio.sleep(0.05)
        raise NotSeenError(f"{first} did not hear that the link is undone")

    async def _fill(
        self, who: str, channel: str, kind: str, title: str, given: Mapping[str, Any], *texts: str
    ) -> None:
        """By a button of the case's card."""
        typed = {name: self.words() for name in texts}
        await self._player.fill(who, channel, kind, title, {**given, **typed})

    async def _choose(
        self, who: str, channel: str, kind: str, title: str, given: Mapping[str, Any], *texts: str
    ) -> None:
        """From its menu."""
        typed = {name: self.words() for name in texts}
        await self._player.fill_from_menu(who, channel, kind, title, {**given, **typed})
