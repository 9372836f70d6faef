"""What the name of a case or a referral looks like."""

import re

_REFERENCE = re.compile(r"[A-Z]{1,8}-[0-9A-Z]{4}-[0-9A-Z]{4,9}", re.ASCII)
"""`BR-2026-0001`, or a referral's `HR-7F3K-9Q2M`."""


def is_reference(text: str) -> bool:
    """Whether it may name one; what comes back from outside may be anything."""
    return _REFERENCE.fullmatch(text) is not None
