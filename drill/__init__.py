"""An exercise: breaches through all their stages, pressed by invented people, in skipped time."""
