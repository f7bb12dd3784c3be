"""Structured logging of a running service, one line an event."""

from typing import TextIO

import structlog


def write_logs(to: TextIO) -> None:
    """Write structlog's events as lines, tracebacks as Python has them.

    Its own choice shows every variable of every frame, which takes tens of seconds in a web framework's stack, while
    nobody is answered; and variables hold what people sent.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=to.isatty(), exception_formatter=structlog.dev.plain_traceback),
        ],
        logger_factory=structlog.PrintLoggerFactory(to),
    )
