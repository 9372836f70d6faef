"""Importing incidents from the record before this system."""
