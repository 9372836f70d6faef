"""Block Kit: what Slack accepts, where the controls are, and how it reads as plain text."""
