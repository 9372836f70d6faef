"""What may be written of a line that a library logs: the words that stand in its code."""

import ast
import logging
from functools import lru_cache
from pathlib import Path

CALLS = frozenset({"critical", "debug", "error", "exception", "info", "log", "warn", "warning"})
LEFT_OUT = "[left out]"
LONGEST = 300
SDK_CORE = "temporalio.core"
"""Under which the lines of the SDK's core go."""
UNKNOWN = "library_line"
"""The event of a line that is put together elsewhere than in the call."""


def words_in_code(record: logging.LogRecord) -> str:
    """The line as its code has it, without any value; empty when the code can't tell.

    Neither arguments nor what an f-string fills in: libraries put bodies and exceptions there.
    The SDK's core, which is no Python, only ever sees what is encrypted; its values are left out
    where it is set up (runtime/temporal.py).
    """
    if record.name == SDK_CORE:
        return str(record.msg)[:LONGEST]
    line = _literal(record.pathname, record.lineno)
    return next(iter(line.splitlines()), "")[:LONGEST]


@lru_cache(maxsize=512)
def _literal(file: str, line: int) -> str:
    calls = [
        node
        for node in ast.walk(_code(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CALLS
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    # The narrowest call around the line; `log(level, words)` has its words second.
    for call in sorted(calls, key=lambda each: (each.end_lineno or 0) - each.lineno):
        for argument in call.args[:2]:
            if words := _constant(argument):
                return words
    return ""


@lru_cache(maxsize=32)
def _code(file: str) -> ast.AST:
    try:
        return ast.parse(Path(file).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return ast.Module(body=[], type_ignores=[])


def _constant(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str() as words):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(_constant(part) or LEFT_OUT for part in parts)
        case _:
            return ""
