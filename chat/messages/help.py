"""What can be typed behind `/breach`."""

from chat.elements import section, typed
from chat.messages.card import Content
from chat.typed import COMMAND, quotable

HELP = "\n".join(
    (
        f"*`{COMMAND}`* opens the form to report a personal-data breach. It takes two minutes; "
        "you get a reference at once.",
        f"*`{COMMAND} redaction`* reports material that came to us badly redacted.",
        f"*`{COMMAND} list`* shows the open cases that you may see, by deadline.",
        f"*`{COMMAND} show BR-2026-0001`* shows one case; `{COMMAND} show AU-2026-0001` an audit, "
        "`AU-2026-0001-3` one of its recommendations, open or over.",
        f"*`{COMMAND} letter BR-2026-0001`* records what the ICO wrote about a case, also about a "
        "closed one.",
        f"*`{COMMAND} complaint BR-2026-0001`* records that somebody complained about it.",
        f"*`{COMMAND} mine`* shows what waits for you, and your own reports.",
        f"*`{COMMAND} overdue`* shows the cases that are past a deadline.",
        f"*`{COMMAND} stats`* sends OST and the DPO charts of this month so far and the "
        "twelve months before; "
        f"`{COMMAND} stats 1/4/2026 30/9/2026` of those days.",
        f"*`{COMMAND} audit`* has OST and the DPO record an audit with its recommendations; "
        f"`{COMMAND} audits` shows audits and what is open, to its owners as well.",
        f"*`{COMMAND} training`* shows the courses that you are expected to take; SIMs, OST and "
        "the DPO also see rates.",
        f"*`{COMMAND} sample`* records a sample check of case files; for OST, and for SIMs of "
        "their Area.",
        f"*`{COMMAND} drill`* has OST and the DPO begin an exercise: a made-up breach that counts "
        "nowhere.",
        f"*`{COMMAND} help`* shows this. Only you see these answers.",
    )
)
NOT_A_REFERENCE = (
    f"Say which case by its whole reference, for example `{COMMAND} show BR-2026-0001`."
)
NOTHING_TO_SHOW = (
    "Say which case, audit or recommendation by its whole reference, for example "
    f"`{COMMAND} show BR-2026-0001`, `{COMMAND} show AU-2026-0001` or "
    f"`{COMMAND} show AU-2026-0001-3`."
)
UNKNOWN = "I don't know that word."


def help_text(unknown: str = "") -> Content:
    """The help, behind the word that was not understood, if there was one.

    The word is shown as plain text, so that a mention in it rings nobody, and in no notification.
    """
    if not unknown:
        return Content(HELP, [section(HELP)])
    word = quotable(unknown)
    said = typed(f"I don't know “{COMMAND} {word}”.") if word else section(UNKNOWN)
    return Content(f"{UNKNOWN} {HELP}", [said, section(HELP)])
