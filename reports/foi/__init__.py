"""Freedom of Information answers: one question each, from aggregates of the register alone."""
