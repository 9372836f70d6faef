"""What stands in Slack about a case: its cards, the story in their thread, and direct messages."""
