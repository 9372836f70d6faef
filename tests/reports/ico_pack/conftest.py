"""Registers for the tests of the command, on both kinds of database."""

from tests.register.conftest import reservations, store

__all__ = ["reservations", "store"]
