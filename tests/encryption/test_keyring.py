"""The keyring: what is encrypted comes back only with its key, unaltered, in its own place."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from encryption.keyring import AlteredError, Keyring, UnknownKeyError, new_key

OLD, NEW = (f"{each}:{sha256(each.encode()).hexdigest()}" for each in ("old", "new"))
ROOT = Path(__file__).parents[2]
TEXT = b"An address was left in."


def test_what_is_encrypted_comes_back() -> None:
    keyring = Keyring.parse(NEW)
    sealed = keyring.encrypt(TEXT, b"here")
    assert TEXT not in sealed
    assert keyring.decrypt("new", sealed, b"here") == TEXT


def test_the_same_text_never_looks_the_same() -> None:
    keyring = Keyring.parse(NEW)
    assert len({keyring.encrypt(TEXT, b"here") for _ in range(100)}) == 100


def test_every_altered_bit_is_noticed() -> None:
    keyring = Keyring.parse(NEW)
    sealed = keyring.encrypt(TEXT, b"here")
    for place in range(len(sealed)):
        for bit in range(8):
            altered = bytearray(sealed)
            altered[place] ^= 1 << bit
            with pytest.raises(AlteredError):
                keyring.decrypt("new", bytes(altered), b"here")


@pytest.mark.parametrize("length", [0, 5, 12, 27, -1])
def test_what_is_cut_short_is_refused(length: int) -> None:
    keyring = Keyring.parse(NEW)
    with pytest.raises(AlteredError):
        keyring.decrypt("new", keyring.encrypt(TEXT, b"here")[:length], b"here")


def test_in_another_place_it_is_refused() -> None:
    keyring = Keyring.parse(NEW)
    with pytest.raises(AlteredError):
        keyring.decrypt("new", keyring.encrypt(TEXT, b"here"), b"there")


def test_another_key_under_the_same_id_is_refused() -> None:
    sealed = Keyring.parse(NEW).encrypt(TEXT, b"here")
    with pytest.raises(AlteredError):
        Keyring.parse(OLD.replace("old", "new")).decrypt("new", sealed, b"here")


def test_after_a_rotation_the_old_is_read_and_the_new_is_written() -> None:
    before = Keyring.parse(OLD).encrypt(TEXT, b"here")
    rotated = Keyring.parse(f"{NEW}\n{OLD}\n")
    assert rotated.newest == "new"
    assert rotated.decrypt("old", before, b"here") == TEXT
    with pytest.raises(UnknownKeyError):
        Keyring.parse(OLD).decrypt("new", rotated.encrypt(TEXT, b"here"), b"here")


def test_a_keyring_shows_its_ids_and_no_key() -> None:
    assert repr(Keyring.parse(f"{NEW},{OLD}")) == "Keyring(new, old)"


@pytest.mark.parametrize("keys", [{}, {"short": bytes(16)}, {"long": bytes(33)}])
def test_a_keyring_takes_keys_of_256_bits_only(keys: dict[str, bytes]) -> None:
    with pytest.raises(ValueError, match="key"):
        Keyring(keys)


def test_each_new_key_is_another_and_can_be_used() -> None:
    made = [new_key() for _ in range(20)]
    assert len({entry.split(":")[1] for entry in made}) == 20
    assert Keyring.parse(made[0]).newest == made[0].split(":")[0]


def test_the_command_prints_a_key_that_can_be_used() -> None:
    command = [sys.executable, "-m", "encryption"]
    printed = subprocess.run(
        [*command, "new-key"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert Keyring.parse(printed.stdout)
    wrong = subprocess.run([*command, "?"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert wrong.returncode != 0
    assert "new-key" in wrong.stderr
