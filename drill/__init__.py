"""An exercise: one breach through all its stages, pressed by invented people, in skipped time."""
