"""Structured logs without personal data: one JSON line an event, no address, no query text, no form values."""

import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog

PERSONAL_KEYS = frozenset({"ip", "user_agent", "username", "name", "email", "q"})


def without_personal_data(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what tells of a person: addresses, names, and the query part of a path (a search may hold a name)."""
    for key in PERSONAL_KEYS & event.keys():
        del event[key]
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].split("?")[0]
    return event


def configure_logs(mode: str) -> None:
    """Set up structlog and the standard library's loggers alike; tests and `manage.py` print warnings only."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        without_personal_data,
        structlog.processors.format_exc_info,
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
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["console"], "level": level},
        }
    )
