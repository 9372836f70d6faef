"""Training: the courses, who is due and when, and how many are up to date."""
