"""Colours and hatches that are told apart in grey and by colour-blind people alike.

The colours are Okabe and Ito's (https://jfly.uni-koeln.de/color/), put in an order in which
neighbours differ in lightness; each also has a hatch of its own.
"""

from dataclasses import dataclass

INK = "#1d1c1d"
MUTED = "#5a5a5f"
PAPER = "#ffffff"


@dataclass(frozen=True)
class Fill:
    """How an area is filled, and the ink in which a number in it is read."""

    colour: str
    hatch: str = ""
    ink: str = INK


BLUE = Fill("#0072b2", ink=PAPER)
TYPES = (
    BLUE,
    Fill("#f0e442", "////"),
    Fill("#d55e00", ink=PAPER),
    Fill("#9bd3f5", "...."),
    Fill("#009e73", r"\\\\"),
)
OTHERS = Fill("#e3e3e6", "xxxx")
BANDS = (BLUE, Fill("#9bd3f5"), Fill("#f5b183", "////"), Fill("#b84a00", "////", ink=PAPER))
"""Within half of the limit, within it, up to twice the limit, longer; late ones are hatched."""
OVERDUE = Fill("#e07b39", "////")
