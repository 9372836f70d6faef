"""The training record: who is expected to take which course, and who did. Only rates leave it."""
