"""The whole system on one machine, started and stopped together: what `make run` runs."""
