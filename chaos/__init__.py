"""Breaking things on purpose while people work, and a reckoning of what was lost: `make chaos`."""
