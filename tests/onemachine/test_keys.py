"""The keys of `make run`: made once, for their owner only, and never beside cases without keys."""

from pathlib import Path

import pytest

from onemachine.keys import kept
from onemachine.temporal import DATABASE
from runtime.settings import SettingsError, payload_keys


def test_keys_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = kept(tmp_path, {})
    (tmp_path / DATABASE).touch()
    [file] = [Path(value) for value in first.values()]
    content = file.read_text()

    assert file.stat().st_mode & 0o777 == 0o600
    assert payload_keys(first)
    assert kept(tmp_path, {}) == first
    assert file.read_text() == content


def test_a_copy_that_came_back_readable_by_all_is_closed_again(tmp_path: Path) -> None:
    [file] = [Path(value) for value in kept(tmp_path, {}).values()]
    file.chmod(0o644)

    kept(tmp_path, {})

    assert file.stat().st_mode & 0o777 == 0o600


def test_a_database_without_its_keys_is_not_given_new_ones(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()

    with pytest.raises(SettingsError, match=r"but not the keys to it .* mv ") as refused:
        kept(tmp_path, {})

    assert str(refused.value).startswith("PAYLOAD_KEYS: ")
    assert [file.name for file in tmp_path.iterdir()] == [DATABASE]


@pytest.mark.parametrize("name", ["PAYLOAD_KEYS", "PAYLOAD_KEYS_FILE"])
def test_keys_of_ones_own_are_left_to_the_programs(tmp_path: Path, name: str) -> None:
    assert kept(tmp_path, {name: "given"}) == {}
    assert list(tmp_path.iterdir()) == []
