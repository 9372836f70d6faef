"""Registers for the tests of the command, on both kinds of database."""

from tests.register.conftest import empty_url, engine, postgres, reservations, store

__all__ = ["empty_url", "engine", "postgres", "reservations", "store"]
