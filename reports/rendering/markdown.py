"""Markdown with pipe tables, to be pasted; whatever a cell holds stays text."""

import re

from reports.tables import Report, Table, printable, shown

_MARKS_UP = re.compile(r"[\\`*_\[\]|~]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])")
_BEGINS_A_BLOCK = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))")


def as_markdown(report: Report) -> str:
    """The whole report."""
    parts = [f"# {literal(report.title)}", *map(_paragraph, report.paragraphs)]
    for table in report.tables:
        parts += [f"## {literal(table.title)}", _table(table)]
        parts += [_list(table.notes)] if table.notes else []
    parts += ["## Notes", _list(report.notes)] if report.notes else []
    return "\n\n".join(parts) + "\n"


def literal(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKS_UP.sub(lambda found: f"\\{found.group()}", printable(text))


def _paragraph(text: str) -> str:
    return _BEGINS_A_BLOCK.sub(r"\1\\\2", literal(text))


def _list(notes: tuple[str, ...]) -> str:
    return "\n".join(f"- {_paragraph(note)}" for note in notes)


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def _table(table: Table) -> str:
    rule = ["---:" if table.is_numeric(at) else "---" for at in range(len(table.columns))]
    rows = [[literal(shown(cell)) for cell in row] for row in table.rows]
    if table.total is not None:
        rows.append([_bold(literal(shown(cell))) for cell in table.total])
    lines = [[literal(column) for column in table.columns], rule, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
