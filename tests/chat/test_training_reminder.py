"""What somebody reads who is due for a course, in Slack and by e-mail."""

from datetime import date

import pytest

from chat.mail import plain
from chat.messages.training import DueCourse, about, reminder
from domain.training.courses import Course
from domain.training.due import Standing

LINK = "https://learning.cps.example/take?course=7&lang=en"


def test_it_says_where_the_course_is_taken() -> None:
    course = Course(key="redaction", name="Redaction course", link=LINK)
    due = DueCourse(course, Standing.OVERDUE, date(2026, 11, 2))

    content = reminder([due], is_example=False)

    slack = LINK.replace("&", "&amp;")
    assert f"*overdue*, was due Mon 02 Nov 2026 · <{slack}|take it>" in content.text
    assert f"was due Mon 02 Nov 2026 · {LINK}" in plain(content.text)


def test_of_example_data_it_asks_for_nothing() -> None:
    course = Course(key="redaction", name="Redaction course", link=LINK)
    due = DueCourse(course, Standing.OVERDUE, date(2026, 11, 2))

    content = reminder([due], is_example=True)

    said = f"{content.text} {content.blocks[-1].to_dict()}"
    assert content.text.startswith("EXAMPLE · From example data: nobody has to do anything.")
    assert not any(each in said for each in ("due", "Take it", LINK))
    assert "Take it" in about(is_example=False)


@pytest.mark.parametrize("wrong", ["http://learning.cps.example", "https://a b", "https://a|b>"])
def test_only_a_whole_https_address_is_a_link(wrong: str) -> None:
    with pytest.raises(ValueError, match="link"):
        Course(key="redaction", name="Redaction course", link=wrong)
