"""Once per finding, once more while it lasts, a word when it is over; also across restarts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.settings import SettingsError
from watchdog.findings import Finding, Kind, Place
from watchdog.memory import Memory, remembered
from watchdog.telling import MOST, words

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATIENCE, AGAIN = timedelta(minutes=5), timedelta(hours=4)
EVERYTHING = set(Kind)
AWAY = Finding(Kind.TEMPORAL_AWAY, "Temporal does not answer")
ALTERED = Finding(Kind.REGISTER_NOT_INTACT, "The register is not as it was written", part="events")


def hear(memory: Memory, now: datetime, place: Place = Place.OST) -> tuple[list[str], list[str]]:
    """What a place hears, which takes it in."""
    new, over = memory.to_tell(place, now, now - PATIENCE, AGAIN)
    said = [each.what for each in new], [each.what for each in over]
    memory.told(place, new, over, now)
    return said


def test_it_is_told_once_it_lasts_then_again_after_hours_and_once_that_it_is_over() -> None:
    memory, minute = Memory(), timedelta(minutes=1)
    memory.take([AWAY], EVERYTHING, NOW)
    assert hear(memory, NOW + minute) == ([], [])
    memory.take([AWAY], EVERYTHING, NOW + 6 * minute)
    assert hear(memory, NOW + 6 * minute) == ([AWAY.what], [])
    assert hear(memory, NOW + 7 * minute) == ([], [])
    assert hear(memory, NOW + 6 * minute + AGAIN) == ([AWAY.what], [])
    memory.take([], EVERYTHING, NOW + 5 * AGAIN)
    assert hear(memory, NOW + 5 * AGAIN) == ([], [AWAY.what])
    assert memory.known == {}


def test_what_mends_itself_in_time_is_never_told() -> None:
    memory = Memory()
    memory.take([AWAY], EVERYTHING, NOW)
    memory.take([], EVERYTHING, NOW + PATIENCE)
    assert hear(memory, NOW + PATIENCE) == ([], [])
    assert memory.known == {}


def test_what_could_not_be_looked_for_is_not_over() -> None:
    memory = Memory()
    memory.take([ALTERED], EVERYTHING, NOW)
    assert hear(memory, NOW) == ([ALTERED.what], [])
    memory.take([], EVERYTHING - {Kind.REGISTER_NOT_INTACT}, NOW + AGAIN / 2)
    assert hear(memory, NOW + AGAIN / 2) == ([], [])
    assert len(memory.known) == 1


def test_each_place_hears_what_is_for_it_whatever_became_of_the_other() -> None:
    memory = Memory()
    memory.take([AWAY, ALTERED], EVERYTHING, NOW - PATIENCE)
    memory.take([AWAY, ALTERED], EVERYTHING, NOW)
    assert hear(memory, NOW, Place.DPO) == ([ALTERED.what], [])
    assert hear(memory, NOW) == ([AWAY.what, ALTERED.what], [])
    memory.take([], EVERYTHING, NOW)
    assert hear(memory, NOW) == ([], [AWAY.what, ALTERED.what])
    assert hear(memory, NOW, Place.DPO) == ([], [ALTERED.what])
    assert memory.known == {}


def test_a_restart_repeats_nothing(tmp_path: Path) -> None:
    file, memory = tmp_path / "watchdog.json", Memory()
    memory.take([ALTERED], EVERYTHING, NOW)
    hear(memory, NOW)
    memory.keep(file)
    later = remembered(file)
    later.take([ALTERED], EVERYTHING, NOW + PATIENCE)
    assert hear(later, NOW + PATIENCE) == ([], [])
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_none_of_ours_is_begun_anew_and_one_that_cannot_be_written_is_named(
    tmp_path: Path,
) -> None:
    file = tmp_path / "watchdog.json"
    file.write_text("{")
    assert remembered(file) == Memory()
    with pytest.raises(SettingsError, match="WATCHDOG_STATE: can't write"):
        remembered(tmp_path / "nowhere" / "watchdog.json")


def test_many_findings_are_one_message_with_the_rest_counted() -> None:
    memory = Memory()
    gone = [
        Finding(Kind.CASE_GONE, f"BR-2026-{n:04}: gone", about=f"BR-2026-{n:04}") for n in range(50)
    ]
    memory.take(gone, EVERYTHING, NOW - PATIENCE)
    new, _ = memory.to_tell(Place.OST, NOW, NOW - PATIENCE, AGAIN)
    text = words(new, [])
    assert text.count("What to do:") == MOST
    assert "and 30 more" in text
    assert len(text) < 12_000
