"""A learning note in Slack: five sentences, a chart with its numbers, and where they are from."""

from collections.abc import Sequence

from chat.elements import context, header, section
from chat.messages.card import Content
from chat.messages.statistics import Shown, chart_blocks, without_pictures
from chat.text import escaped


def learning_message(
    title: str, sentences: Sequence[str], chart: Shown, command: str, notes: Sequence[str]
) -> Content:
    """The note.

    Args:
        title: whose it is, and of which quarter.
        sentences: what it says; they name nobody.
        chart: its only chart.
        command: what prints the same figures, and all those behind them.
        notes: what must be known before all, such as that nothing of it happened.
    """
    said = "\n".join(f"{number}. {escaped(each)}" for number, each in enumerate(sentences, 1))
    return Content(
        f"{title}. {sentences[0]}",
        [
            header(title),
            *(context(f":warning: {escaped(each)}") for each in notes),
            section(said),
            *chart_blocks(chart),
            *without_pictures([chart]),
            context(
                f"Every figure behind it, and how it is counted: `{command}`. Drills, withdrawn "
                "reports and duplicates are not counted."
            ),
        ],
    )
