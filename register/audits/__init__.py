"""Audits and their recommendations in the register."""
