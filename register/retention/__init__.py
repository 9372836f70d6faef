"""Removing what the register has kept long enough, unless a legal hold stops it."""
