"""Copying the register into one file while programs write to it, and putting such a file back."""
