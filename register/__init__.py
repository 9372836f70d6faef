"""The record that OST keeps: every case, and one append-only event for each of its steps."""
