"""Audits of how data is handled, and what becomes of their recommendations."""
