"""Comparing what answers are counted from with the events that it follows from."""
