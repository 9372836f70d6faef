"""Structured logs: readable on a terminal, JSON elsewhere; the event is a constant, never a form.

Nothing that a person typed is ever logged, nor an exception's message: messages of exceptions
quote their input. What is written is what is known to be safe: the fields of `log_fields`, and the
words that stand in the code.
"""

import logging
import os
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from runtime.log_fields import NAME, only_what_is_known
from runtime.log_lines import UNKNOWN, words_in_code
from runtime.metrics import count_ours, count_theirs
from runtime.settings import SettingsError

BOLT = "slack_bolt.AsyncApp"
ORDINARY = ("ConnectionClosedOK", "`token` will be unused")
PLACES = 4
"""How many of the innermost places of an exception are logged."""
QUIET = (BOLT, "slack_bolt", "slack_sdk", "websockets", "aiosqlite", "alembic")


def set_up(environment: Mapping[str, str] = os.environ, *, lowest: int = logging.INFO) -> None:
    """Sends our own logs and those of the libraries to standard error in one form.

    Raises:
        SettingsError: when LOG_FORMAT is neither `console` nor `json`.
    """
    wanted = environment.get("LOG_FORMAT", "").strip()
    if wanted not in {"", "console", "json"}:
        raise SettingsError("LOG_FORMAT must be console or json")
    console = wanted == "console" or (not wanted and sys.stderr.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _only_the_type_of_an_error,
        only_what_is_known,
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer() if console else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            _only_a_constant,
            count_ours,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_only_words_in_code, count_theirs, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            # Values that don't fit their form would be printed by `logging` itself.
            use_get_message=False,
        )
    )
    logging.basicConfig(handlers=[handler], level=lowest, force=True)
    # Bolt and the Slack SDK log whole bodies below this level.
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(BOLT).addFilter(_matters)
    _catch_what_nobody_caught()


def _catch_what_nobody_caught() -> None:
    """Python itself would print such an exception with its message."""
    log = structlog.stdlib.get_logger(__name__)

    def failed(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        log.critical("program_failed", exc_info=(kind, error, trace))

    def thread_failed(args: threading.ExceptHookArgs) -> None:
        log.critical("thread_failed", exc_info=args.exc_value)

    def unraisable(args: Any) -> None:
        log.error("failed_while_cleaning_up", exc_info=args.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = failed, thread_failed, unraisable


def _matters(record: logging.LogRecord) -> bool:
    """Leaves out what the Slack libraries call an error or a warning and is neither."""
    return not any(words in str(record.msg) for words in ORDINARY)


def _only_the_type_of_an_error(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keeps the class of an exception and drops its message and its locals."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["where"] = _where(error)
        if error.__cause__ is not None:
            event["cause"] = type(error.__cause__).__name__
    return event


def _where(error: BaseException) -> str:
    """The places that an exception came through, the innermost last; no values."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    return " > ".join(f"{Path(each.filename).name}:{each.lineno} {each.name}" for each in frames)


def _only_a_constant(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Our own events are words of the code; anything else was put together, and from what?"""
    if not NAME.fullmatch(str(event.get("event"))):
        event["event"] = "event_left_out"
    return event


def _only_words_in_code(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A library's line as it stands in its code, else only where that is."""
    record: logging.LogRecord = event["_record"]
    event["event"] = words_in_code(record) or UNKNOWN
    if event["event"] == UNKNOWN:
        event["at"] = f"{Path(record.pathname).name}:{record.lineno} {record.funcName}"
    return event
