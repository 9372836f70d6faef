"""The learning note: what a quarter of the record teaches, in a chart and five sentences."""
