"""The sentences of a learning note: five, true of its figures, and silent on small numbers."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from PIL import Image

from domain.casework import DocumentPlace, DocumentType
from domain.forces import Force
from domain.learning.lesson import (
    Followed,
    ForceCount,
    Lesson,
    PlaceCount,
    TypeChange,
    compared,
)
from domain.learning.quarter import Quarter
from domain.samples.figures import AreaSample, PlaceSample, SampleFigures
from domain.taxonomy import IncidentType
from reports.learning.answering import command_of, learning_report
from reports.learning.chart import most_finding
from reports.learning.followed import Outcome, added_up
from reports.learning.picture import draw_lesson
from reports.learning.words import sentences
from reports.paper import WIDTH
from reports.tables import shown
from runtime.settings import organisation

QUARTER = Quarter.written("2026-Q3")
EMPTY = Lesson(quarter=QUARTER, taken_at=datetime(2026, 10, 15, 9, tzinfo=UTC))
BODY = {"document_type": DocumentType.STATEMENT, "place": DocumentPlace.BODY}
PHOTO = {"document_type": DocumentType.EXHIBIT, "place": DocumentPlace.IMAGE}


def lesson(area: str | None = None, **changed: Any) -> Lesson:
    figures: dict[str, Any] = {
        "area": area,
        "types": (
            TypeChange(incident_type=IncidentType.EMAILED, count=61, before=48),
            TypeChange(incident_type=IncidentType.REDACTION, count=44, before=52),
            TypeChange(incident_type=IncidentType.BCC, count=3, before=2),
            TypeChange(incident_type=IncidentType.VERBAL, count=2, before=4),
        ),
        "near_misses": 15,
        "near_misses_before": 2,
        "caught": 19,
        "not_caught": 6,
        "caught_unknown": 0,
        "places": (PlaceCount(**BODY, count=14), PlaceCount(**PHOTO, count=6)),
        "forces": (
            ForceCount(force=Force.STAFFORDSHIRE, count=11),
            ForceCount(force=Force.WEST_MERCIA, count=8),
            ForceCount(force=Force.KENT, count=4),
            ForceCount(force=Force.DORSET, count=2),
        ),
        "samples": SampleFigures(
            areas=(AreaSample(area="wessex", checks=1, files=50, with_failure=9, caught=0),),
            places=(PlaceSample(**BODY, files=9),),
        ),
        "followed": (
            Followed(remedy="second_check", fewer=12, as_many=6, nothing=7),
            Followed(remedy=None, fewer=7, as_many=9, nothing=5),
        ),
    }
    return EMPTY.model_copy(update=figures | changed)


ONLY_SMALL = lesson(
    "wessex",
    types=(
        TypeChange(incident_type=IncidentType.EMAILED, count=3, before=1),
        TypeChange(incident_type=IncidentType.VERBAL, count=1, before=0),
    ),
    near_misses=1,
    near_misses_before=4,
    caught=2,
    not_caught=1,
    places=(PlaceCount(**BODY, count=3),),
    forces=(ForceCount(force=Force.DORSET, count=3),),
    samples=SampleFigures(
        areas=(AreaSample(area="wessex", checks=1, files=50, with_failure=2, caught=1),),
        places=(PlaceSample(**BODY, files=2),),
    ),
    followed=(Followed(remedy="second_check", fewer=2, as_many=1, nothing=1),),
)


def figures_in(text: str) -> set[str]:
    """The numbers of a text, but for years, days compared and the limit of what is small."""
    plain = re.sub(
        r"20\d\d(-Q\d)?|90 days|fewer than 5|<5|1 to 4|below 5|at most \d+|≤\d+|through 50|of 50",
        "",
        text,
    )
    return set(re.findall(r"\d+", plain))


def cells(one: Lesson) -> str:
    report = learning_report(one, organisation({}))
    return " ".join(
        shown(cell) for table in report.tables for row in table.all_rows for cell in row
    )


@pytest.mark.parametrize("one", [EMPTY, lesson(), lesson("wessex"), ONLY_SMALL])
def test_there_are_five_sentences(one: Lesson) -> None:
    said = sentences(one)
    assert len(said) == 5
    for sentence in said:
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert sentence[0].isupper()


def test_the_note_of_all_areas_says_what_the_figures_are() -> None:
    most, where, caught, forces, followed = sentences(lesson())
    assert "110 incidents came to light, 106 in the quarter before" in most
    assert "most often: Data emailed to incorrect recipient (61)" in most
    assert "most often: Witness statement: body of the text (14)" in where
    assert "50 files, of which 9 held a failure" in where
    assert "25 redaction failures came to light: caught before" in caught
    assert "the material 19, not caught 6, not known none" in caught
    assert "near misses: 15 (2 in the quarter before)" in caught
    assert "Staffordshire Police (11), West Mercia Police (8) and 2 other forces" in forces
    assert "Of 46 remedial actions" in followed
    assert "19 preceded a fall" in followed
    assert "(most often “Have a second person check before material leaves”, 12)" in followed
    assert "15 did not (most often an action in its own words, 9)" in followed
    assert "a sequence and shows no cause" in followed


def test_an_empty_quarter_is_said_to_be_so_and_draws_nothing() -> None:
    most, where, caught, forces, followed = sentences(EMPTY)
    assert "no incident was discovered" in most
    assert "on record for none of the quarter's cases; no sample check was made" in where
    assert "No redaction failure of others was reported; near misses: none" in caught
    assert forces.startswith("No material")
    assert "nothing to compare" in followed
    finding = most_finding(EMPTY)
    assert finding.is_nil
    assert finding.title.startswith("Nil")


def test_a_quarter_that_is_not_over_is_said_to_be_counted_so_far() -> None:
    so_far = lesson(taken_at=datetime(2026, 9, 3, 9, tzinfo=UTC))
    report = learning_report(so_far, organisation({}))
    for said in (report.title, sentences(so_far)[0], most_finding(so_far).about):
        assert "July to September 2026 (so far, to 3 September)" in said
    assert "so far" not in learning_report(lesson(), organisation({})).title


def test_where_all_numbers_are_small_none_is_given_anywhere() -> None:
    said = " ".join(sentences(ONLY_SMALL))
    assert figures_in(said) <= {"1"}, said  # "from 1 force with fewer than 5"
    assert re.search(r"held a failure; in which document and where can't be said", said)
    assert figures_in(most_finding(ONLY_SMALL).alt) == set()
    assert figures_in(cells(ONLY_SMALL)) == set()
    draw_lesson(ONLY_SMALL)


def test_an_areas_note_withholds_small_numbers_and_what_would_give_them_back() -> None:
    one = lesson("wessex")
    table = learning_report(one, organisation({})).tables[0]
    now = [shown(row[1]) for row in table.all_rows]
    assert now[:2] == ["61", "44"]
    assert now[2:4] == ["<5", "<5"]
    most = next(s for s in sentences(one) if "near misses" in s)
    assert "(fewer than 5 in the quarter before)" in most


def test_a_single_small_force_is_not_given_back_by_the_sum() -> None:
    one = lesson(
        forces=(ForceCount(force=Force.DORSET, count=3),), caught=3, not_caught=0, places=()
    )
    said = " ".join(sentences(one)[2:4])
    assert "Of others, fewer than 5 redaction failures" in said
    assert "from 1 force with fewer than 5." in said
    assert not re.search(r"\b3\b", said)


def test_the_largest_forces_are_given_rather_than_the_sum() -> None:
    one = lesson(
        forces=(
            ForceCount(force=Force.STAFFORDSHIRE, count=11),
            ForceCount(force=Force.KENT, count=10),
            ForceCount(force=Force.DORSET, count=4),
        )
    )
    _, where, caught, forces, _ = sentences(one)
    assert "Staffordshire Police (11), Kent Police (10) and 1 other force with fewer" in forces
    assert "Of others, 22 to 25 redaction failures came to light; how many were caught" in caught
    assert "a redaction failed can't be said without giving away numbers below 5" in where
    tables = learning_report(one, organisation({})).tables
    assert [shown(row[1]) for row in tables[2].rows[:4]] == ["*", "*", "*", "22–25"]
    assert {shown(row[1]) for row in tables[1].rows} == {"*"}


def test_a_type_that_only_stands_beside_small_ones_is_given() -> None:
    types = [(IncidentType.EMAILED, 12), (IncidentType.BCC, 7), (IncidentType.VERBAL, 3)]
    one = lesson(
        "wessex",
        types=tuple(TypeChange(incident_type=kind, count=n, before=0) for kind, n in types),
    )
    table = learning_report(one, organisation({})).tables[0]
    assert [shown(row[1]) for row in table.all_rows] == ["12", "7", "<5", "20–23"]
    assert "20 to 23 incidents came to light" in sentences(one)[0]


def test_two_types_that_are_as_frequent_are_both_named() -> None:
    types = [
        TypeChange(incident_type=each, count=7, before=0)
        for each in (IncidentType.EMAILED, IncidentType.BCC)
    ]
    most = sentences(lesson(types=tuple(types)))[0]
    assert "Data emailed to incorrect recipient and Failure to use bcc (7 each)" in most


def test_the_report_prints_the_sentences_and_the_command_that_prints_it() -> None:
    report = learning_report(lesson("wessex"), organisation({}))
    assert report.paragraphs == sentences(lesson("wessex"))
    assert command_of(lesson("wessex")) == (
        "python -m reports learning --quarter 2026-Q3 --area wessex"
    )
    assert command_of(lesson("wessex")) in report.notes[-1]


def test_the_chart_is_told_apart_in_grey() -> None:
    with Image.open(io.BytesIO(draw_lesson(lesson()))) as picture:
        assert picture.width == 3 * WIDTH
        grey = np.asarray(picture.convert("L"))
    assert grey.min() < 60
    assert len(np.unique(grey)) > 50


def test_the_chart_of_an_example_says_so_itself() -> None:
    for one in (lesson(), lesson("wessex")):
        finding = most_finding(one.model_copy(update={"made_up": True}))
        assert finding.title.startswith("EXAMPLE. ")
        assert "EXAMPLE. " in finding.alt
        assert "EXAMPLE" not in most_finding(one).title
    real, made_up = (draw_lesson(lesson(made_up=each)) for each in (False, True))
    assert real != made_up


def test_an_actions_own_incident_and_its_day_are_not_compared() -> None:
    done, own = date(2026, 4, 10), date(2026, 4, 1)
    days = {
        date(2026, 1, 9): 1,  # 91 days before
        date(2026, 1, 10): 2,
        own: 3,
        done: 4,
        date(2026, 7, 9): 5,
        date(2026, 7, 10): 6,  # 91 days after
    }
    assert compared(own, done, days) == (4, 5)
    assert compared(None, done, days) == (5, 5)


def test_outcomes_are_a_fall_none_or_nothing_to_compare() -> None:
    around = [(3, 1), (1, 1), (0, 2), (0, 0)]
    found = added_up([Outcome("wessex", "lessons", *each) for each in around])
    assert found == (Followed(remedy="lessons", fewer=1, as_many=2, nothing=1),)
