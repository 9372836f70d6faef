"""What is said of remedial actions: which one, and by when."""

from chat.forms.action_changes import ActionRescheduledForm
from chat.messages.notices import notices
from chat.messages.story import story_line
from domain.bulletin import Bulletin, Cards
from domain.steps import CaseEvent, Step
from tests.domain.samples import ACTION, BREACH, RECEIVED, RESCHEDULED, case_after, time_of

ANOTHER = ACTION.model_copy(update={"due_on": RESCHEDULED.due_on})
ONE: tuple[Step, ...] = (RECEIVED, BREACH, ACTION)


def last_of(*steps: Step) -> tuple[Bulletin, CaseEvent]:
    event = CaseEvent(number=len(steps), at=time_of(len(steps)), step=steps[-1])
    case = case_after(*steps)
    return Bulletin(case=case, events=(event,), cards=Cards(), now=event.at), event


def day_offered(*steps: Step, number: int | None) -> object:
    blocks = ActionRescheduledForm().blocks(case_after(*steps), time_of(9), number)
    asked = next(each for each in blocks if each.block_id == "due_on")
    return asked.to_dict()["element"].get("initial_date")


def test_the_thread_says_which_action_was_given() -> None:
    line = story_line(*last_of(*ONE, ANOTHER))
    assert line is not None
    assert "gave remedial action 2 to" in line


def test_its_owner_reads_which_completion_of_a_course_counts() -> None:
    course = ACTION.model_copy(update={"course": "redaction"})
    (notice,) = notices(*last_of(RECEIVED, BREACH, course))
    assert "that you took the course from today on; if you took it before" in notice.content.text


def test_its_owner_reads_the_new_due_day_in_a_sentence() -> None:
    (notice,) = notices(*last_of(*ONE, RESCHEDULED))
    assert "changed the due day of remedial action 1 of *BR-2026-0042*: it is due Tue 08 Dec" in (
        notice.content.text
    )


def test_the_due_day_of_today_is_the_one_to_be_changed() -> None:
    assert day_offered(*ONE, number=1) == ACTION.due_on.isoformat()
    assert day_offered(*ONE, number=None) == ACTION.due_on.isoformat()
    assert day_offered(*ONE, ANOTHER, number=2) == ANOTHER.due_on.isoformat()
    assert day_offered(*ONE, ANOTHER, number=None) is None
