"""Looks at the product from outside Temporal, and tells people what the product itself can't."""
