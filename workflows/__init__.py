"""Durable policy: one workflow a file, whose `run` reads as the procedure."""
