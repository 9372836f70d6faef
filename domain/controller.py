"""What the ICO's report form asks about the organisation itself, whatever has happened.

What is empty is not known to the product, and is left to be filled in by hand.
"""

from domain.section import Section


class Contact(Section):
    """Somebody whom the ICO may ring or write to, at work."""

    name: str = ""
    email: str = ""
    phone: str = ""


class Controller(Section):
    """The controller, in the words in which it tells the ICO."""

    registration: str = ""
    """The ICO registration number, or why the organisation is exempt."""
    sector: str = ""
    address: str = ""
    training: str = ""
    """Content and frequency of the data protection training."""
    measures: str = ""
    """What is in place to prevent breaches."""
    code_of_conduct: str = ""
    """Membership of a code of conduct or certification that the ICO approved."""
    contact: Contact = Contact()
    """Who makes the report."""
    dpo: Contact = Contact()
