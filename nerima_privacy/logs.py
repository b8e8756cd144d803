"""Structured logs without personal data: one JSON line an event, no address, no query text, no form values."""

import logging
import logging.config
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

PERSONAL_KEYS = frozenset({"ip", "user_agent", "user_id", "username", "name", "email", "q"})


def without_personal_data(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what tells of a person: addresses, names, and the query part of a path (a search may hold a name)."""
    for key in PERSONAL_KEYS & event.keys():
        del event[key]
    for key in ("request", "event"):
        if isinstance(event.get(key), str):
            event[key] = _without_query(event[key])
    return event


def _without_query(text: str) -> str:
    """「GET /search/?q=…」 and 「"GET /search/?q=… HTTP/1.1" 200」 without what stands between ? and the next blank."""
    head, mark, tail = text.partition("?")
    return head + (" " + tail.partition(" ")[2] if mark and "/" in head and " " in tail else "") if mark else text


def places_only(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """Where an exception arose, without its message: a database names the values that broke a constraint."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        lines.extend(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


class WithoutWords(logging.Filter):
    """A task that failed is logged by its name and its places: Celery adds what the exception said, and arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, dict) and "exc" in record.args:
            kind = record.exc_info[0] if record.exc_info else None
            said = {"exc": kind.__name__ if kind else "", "traceback": "", "args": "", "kwargs": ""}
            record.args = {**record.args, **said}
        return True


def configure_logs(mode: str) -> None:
    """Set up structlog and the standard library's loggers alike; tests and `manage.py` print warnings only.

    Outside development an exception is logged by its places, not by its message.
    """
    exceptions = structlog.processors.ExceptionRenderer(places_only)  # never called without one
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info if mode == "development" else exceptions,
        without_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    level = "INFO" if mode == "production" else "WARNING"
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
                }
            },
            "filters": {"without_words": {"()": WithoutWords}},
            "loggers": {"celery.app.trace": {"filters": ["without_words"]}},
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["console"], "level": level},
        }
    )
