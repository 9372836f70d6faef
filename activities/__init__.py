"""Side effects: one class for each outside system, its client injected."""
