"""The forms that people fill in: each builds its modal and reads it back into a step."""
