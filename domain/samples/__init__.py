"""Sample checks: case files that were looked through, and what was found in them."""
