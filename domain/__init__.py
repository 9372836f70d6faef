"""What a breach is and what may be done with it: pure Python, no I/O, no Temporal, no Slack."""
