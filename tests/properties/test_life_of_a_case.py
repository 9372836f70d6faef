"""Whatever people do to two cases, in any order: the product and a plain model agree.

    HYPOTHESIS_PROFILE=long .venv/bin/pytest tests/properties

looks for much longer than CI does, and elsewhere each time.
"""

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.case import Case
from domain.case_clocks import due_of, runs
from domain.clocks import Alarm
from domain.folding import after
from domain.merging import finding_of, undoing_of
from domain.people import Actor
from domain.policy import refusal, refusal_in_turn
from domain.steps import Alert, CaseEvent, Decision, Merged, ReportReceived, Step
from domain.taxonomy import Clock, Role, Source
from register import versions
from register.database import open_engine
from register.reservations import Reservations
from register.store import Store
from register.verification import verify
from tests.domain.samples import AREA, DISCOVERED, OPENING, REPORT, STEPS
from tests.properties.plain import KINDS, Paper, Person
from tests.properties.said import Writing, say

settings.register_profile(
    "ci",
    max_examples=30,
    stateful_step_count=40,
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)
settings.register_profile(
    "long", settings.get_profile("ci"), max_examples=3000, stateful_step_count=80, derandomize=False
)
PROFILE = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

ROLES = {
    "ost": Role.OST,
    "lead": Role.OST_LEAD,
    "dpo": Role.DPO,
    "deputy": Role.DEPUTY_DPO,
    "siro": Role.SIRO,
    "hr": Role.HR,
}
PEOPLE = (
    Person("U0PRIYA"),
    Person("U0OWEN", frozenset({"ost"})),
    Person("U0MAYA", frozenset({"ost", "lead"})),
    Person("U0IVY", frozenset({"ost"})),
    Person("U0DANIEL", frozenset({"dpo"})),
    Person("U0KIM", frozenset({"ost", "dpo"})),
    Person("U0GRACE", frozenset({"deputy"})),
    Person("U0ELLA", frozenset({"deputy"}), stands_in=True),
    Person("U0TOM", frozenset({"sim"})),
    Person("U0SAM", frozenset({"siro"})),
    Person("U0AISHA", frozenset({"hr"})),
    Person("U0NINA"),
    Person("U0NOBODY"),
)
ONWARD = (
    *("review", "ico_decision", "ico_submission", "people_informed"),
    *("referral_decision", "action_completed", "effectiveness_review", "closure"),
    *("separation", "reopening", "complaint_answered"),
)
"""What brings a case nearer to its end, or back from it."""
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
"""No power cut is tried here, and writing through would take most of the time."""
RACES_ASKED_ONCE = ("claim", "question", "hand_over")
"""What is asked of whoever asks now, and not again in its turn: older histories have it twice."""

ResultT = TypeVar("ResultT")


def actor(who: Person) -> Actor:
    there = () if who.stands_in else ("U0DANIEL",)
    return Actor(
        user_id=who.id,
        roles=tuple(ROLES[each] for each in sorted(who.groups) if each in ROLES),
        sim_areas=(AREA,) if "sim" in who.groups else (),
        dpos_there=there if "deputy" in who.groups else None,
    )


@cache
def empty_register() -> Path:
    """A register without cases, to be copied."""
    file = Path(tempfile.mkdtemp()) / "register.db"

    async def upgraded() -> None:
        engine = open_engine(f"sqlite:///{file}")
        await versions.upgrade(engine)
        await engine.dispose()

    asyncio.run(upgraded())
    return file


class Lives(RuleBasedStateMachine):
    """Two reports; the second may turn out to be a duplicate of the first."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory(dir=IN_MEMORY)
        file = Path(self.folder.name) / "register.db"
        shutil.copy(empty_register(), file)
        self.engine = open_engine(f"sqlite:///{file}")
        self.store = Store(self.engine)
        self.now = DISCOVERED + timedelta(hours=1)
        self.cases: dict[str, Case] = {}
        self.papers: dict[str, Paper] = {}
        self.first = self.second = ""

    def wait(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        return self.loop.run_until_complete(work)

    @initialize(
        reporters=st.tuples(*[st.sampled_from(["U0PRIYA", "U0OWEN", "U0KIM"])] * 2),
        involved=st.tuples(*[st.sampled_from([None, "U0IVY", "U0TOM", "U0MAYA"])] * 2),
        early=st.integers(0, 30),
    )
    def two_are_reported(
        self, reporters: tuple[str, str], involved: tuple[str | None, str | None], early: int
    ) -> None:
        discovered = (DISCOVERED, DISCOVERED - timedelta(hours=early))
        self.first, self.second = (
            self._report(number, *each)
            for number, each in enumerate(zip(reporters, involved, discovered, strict=True))
        )

    def _report(
        self, number: int, reporter: str, involved: str | None, discovered: datetime
    ) -> str:
        circumstances = REPORT.circumstances.model_copy(update={"involved": involved})
        report = REPORT.model_copy(
            update={
                "discovered_at": discovered,
                "occurred_at": discovered - timedelta(days=30),
                "circumstances": circumstances,
            }
        )
        at = self.now + timedelta(minutes=number)
        draft = OPENING.model_copy(
            update={"report": report, "reporter": reporter, "reported_at": at}
        )
        reservations = Reservations(self.engine)
        opening = self.wait(reservations.reserve(f"form {number}", draft, series="BR"))
        self.cases[opening.reference] = Case(opening=opening)
        self.papers[opening.reference] = Paper(opening.reference, reporter, involved, discovered)
        self._happens(opening.reference, ReportReceived(report=report, source=Source.SLACK))
        return opening.reference

    def _happens(self, reference: str, step: Step) -> None:
        """What the workflow does: number it, fold it, record it."""
        case = self.cases[reference]
        event = CaseEvent(number=case.events + 1, at=self.now, step=step)
        self.cases[reference] = after(case, event)
        self.wait(self.store.record(self.cases[reference], event))

    @rule(hours=st.sampled_from([0.1, 1, 8, 25, 73, 500]))
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    @rule(which=st.booleans())
    def the_ico_clock_escalates(self, which: bool) -> None:
        reference = self.first if which else self.second
        paper, case = self.papers[reference], self.cases[reference]
        assert runs(case, Clock.ICO_NOTIFICATION) == paper.ico_clock_runs
        if not paper.ico_clock_runs or self.now < paper.ico_due:
            return
        if paper.deputy_called_for == paper.ico_due:
            return
        alarm = Alarm(at=paper.ico_due, past_due=True, to=(Role.DPO, Role.DEPUTY_DPO))
        due = due_of(case, Clock.ICO_NOTIFICATION)
        self._happens(reference, Alert(clock=Clock.ICO_NOTIFICATION, due_at=due, alarm=alarm))
        paper.events.append("alert")
        paper.deputy_called_for = paper.ico_due

    @rule(
        data=st.data(),
        which=st.booleans(),
        who=st.sampled_from(PEOPLE),
        kind=st.sampled_from(KINDS),
    )
    def somebody_acts(self, data: Any, which: bool, who: Person, kind: str) -> None:
        self._acts(data, self.first if which else self.second, who, kind)

    @rule(data=st.data(), which=st.booleans(), steps=st.integers(1, 8))
    def somebody_does_what_comes_next(self, data: Any, which: bool, steps: int) -> None:
        """By anybody of the right group, whatever else they did in the case.

        Left to chance alone, hardly any case would get as far as its end.
        """
        reference = self.first if which else self.second
        paper = self.papers[reference]
        likely = {"number": 1, "anew": False, "complaint_reference": "CMP-1", "says": ""}
        for _ in range(steps):
            possible = [each for each in (*KINDS, *ONWARD * 4) if paper.could(each, likely)]
            kind = data.draw(st.sampled_from(possible))
            entitled = [who for who in PEOPLE if paper.is_entitled(who, kind, 1)]
            self._acts(data, reference, data.draw(st.sampled_from(entitled)), kind)

    def _acts(self, data: Any, reference: str, who: Person, kind: str) -> None:
        step, said = self._written(data, reference, who, kind)
        expected = self.papers[reference].allows(who, kind, said)
        refused = refusal(self.cases[reference], step, self.now)

        where = f"{who.id} {kind} {said} after {self.papers[reference].events}"
        assert expected is not True or refused is None, f"{where}: refused, {refused}"
        assert expected is not False or refused is not None, f"{where}: let in"
        if refused is None:
            assert refusal_in_turn(self.cases[reference], step, self.now) is None, where
            self._taken(reference, who, step, said)

    @rule(
        data=st.data(),
        which=st.booleans(),
        two=st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
        kinds=st.tuples(st.sampled_from(KINDS), st.sampled_from(KINDS)),
    )
    def two_act_at_once(
        self,
        data: Any,
        which: bool,
        two: tuple[Person, Person],
        kinds: tuple[str, str],
    ) -> None:
        """Both were let in as the case stood; one is first, and the other is asked again."""
        reference = self.first if which else self.second
        written = [
            (who, *self._written(data, reference, who, kind))
            for who, kind in zip(two, kinds, strict=True)
        ]
        let_in = [each for each in written if not refusal(self.cases[reference], each[1], self.now)]
        for who, step, said in let_in:
            if refusal_in_turn(self.cases[reference], step, self.now):
                continue
            expected = self.papers[reference].allows(who, step.kind, said)
            assert expected is not False or step.kind in RACES_ASKED_ONCE, f"{who.id} {step.kind}"
            self._taken(reference, who, step, said)

    def _written(
        self, data: Any, reference: str, who: Person, kind: str
    ) -> tuple[Decision, dict[str, Any]]:
        paper, original = self.papers[reference], self.papers[self.first]
        may_merge = reference == self.second and not original.withdrawn
        writing = Writing(
            draw=data.draw,
            now=self.now,
            was_upstream=paper.found == "upstream_redaction_failure",
            other=self.first if may_merge else None,
        )
        step, said = say(kind, actor(who), writing)
        if kind == "hand_over":
            taker = actor(PEOPLE[2])
            step = step.model_copy(update={"to": taker.user_id, "taker": taker})
        return step, said

    def _taken(self, reference: str, who: Person, step: Decision, said: dict[str, Any]) -> None:
        self._happens(reference, step)
        self.papers[reference].take(who, step.kind, self.now, said)
        if said.get("classification") == "duplicate":
            self._merged(reference)
        if step.kind == "separation":
            self._parted(reference)

    def _merged(self, reference: str) -> None:
        """The other case hears of it and takes over, as the workflows see to."""
        telling = finding_of(self.cases[reference])
        assert telling is not None
        assert telling.to == self.first
        self._happens(self.first, telling.tidings)
        self._happens(reference, Merged(into=self.first))
        duplicate, original = self.papers[reference], self.papers[self.first]
        original.carries[reference] = (duplicate.discovered_first, duplicate.aware_first)
        original.closed = False
        original.events.append("duplicate_added")
        duplicate.merged_into = self.first
        duplicate.events.append("merged")

    def _parted(self, reference: str) -> None:
        telling = undoing_of(self.cases[reference])
        assert telling is not None
        assert telling.to == self.first
        self._happens(self.first, telling.tidings)
        self.papers[self.first].carries.pop(reference)
        self.papers[self.first].events.append("duplicate_removed")

    @invariant()
    def both_stand_where_the_paper_says(self) -> None:
        for reference, paper in self.papers.items():
            case = self.cases[reference]
            found = case.review.decision.classification.value if case.review else None
            assert found == paper.found
            assert case.is_over == paper.over
            assert case.notify is paper.decision
            assert (case.follow_up is not None) == paper.follow_up
            assert [each.number for each in case.open_actions] == paper.open_actions
            assert [each.number for each in case.open_complaints] == paper.open_complaints
            assert case.merged_into == paper.merged_into

    @invariant()
    def deadlines_are_elapsed_hours_in_utc(self) -> None:
        for reference, paper in self.papers.items():
            case = self.cases[reference]
            assert case.ost_due == paper.discovered_first + timedelta(hours=24)
            assert case.ico_due == paper.aware_first + timedelta(hours=72)
            assert case.ost_due.tzinfo is UTC
            assert case.ico_due.tzinfo is UTC
            assert paper.aware_first >= paper.discovered_first, "aware before it was discovered"

    @invariant()
    def duties_stay_separate(self) -> None:
        """Read off what was taken, not off the rules."""
        for reference, paper in self.papers.items():
            assert paper.reporter not in {*paper.found_by, *paper.decided_by}
            assert paper.involved not in {*paper.found_by, *paper.decided_by}
            assert not set(paper.found_by) & set(paper.decided_by)
            assert self.cases[reference].events == len(paper.events)

    def teardown(self) -> None:
        """The register has what was taken, folds to the case, and nobody altered it."""
        try:
            for reference, case in self.cases.items():
                events = self.wait(self.store.events(reference))
                folded = Case(opening=case.opening)
                for event in events:
                    folded = after(folded, event)
                assert [each.step.kind for each in events] == self.papers[reference].events
                assert folded == case == self.wait(self.store.case(reference))
            checked = self.wait(verify(self.engine, (), lambda _: None))
            assert [each for each in checked if each.fault] == []
            assert sum(each.events for each in checked) == sum(
                len(paper.events) for paper in self.papers.values()
            )
        finally:
            self.wait(self.engine.dispose())
            self.loop.close()
            self.folder.cleanup()


def test_the_plain_model_knows_every_step_that_people_take() -> None:
    assert set(KINDS) == {step.kind for step in STEPS if isinstance(step, Decision)}


TestLives = Lives.TestCase
TestLives.settings = PROFILE
