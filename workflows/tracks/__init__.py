"""The tracks of a case: what people may do in it, as Temporal updates."""
