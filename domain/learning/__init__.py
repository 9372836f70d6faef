"""What the record teaches: the figures of a quarter."""
