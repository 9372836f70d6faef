"""What people press and type: acknowledge, parse, one call, answer."""
