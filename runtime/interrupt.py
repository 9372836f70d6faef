"""What Ctrl-C does to a program that is still being loaded: it ends with a word, no traceback."""

import os
import signal
from types import FrameType

EXIT_INTERRUPTED = 130
"""What shells report for a program that Ctrl-C ended."""


def end_quietly() -> None:
    """Takes Ctrl-C until `runtime.program.run` does; a SIGINT that is ignored stays ignored.

    To be called before a program's other imports: they take a second or two.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    # At once: an exception in the middle of an import may come out as another one.
    os.write(2, b"stopped\n")
    os._exit(EXIT_INTERRUPTED)
