"""Answers kept for a while in the cache. A cache that is down costs time, not the page."""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache import cache

log = structlog.get_logger(__name__)
T = TypeVar("T")


def remembered(key: str, read: Callable[[], T], seconds: int) -> T:
    """What `read` answers, or answered under the same key in the last `seconds`; None is an answer like any other."""
    known = _cache("get", key)
    if known is None:
        known = (read(),)
        _cache("set", key, known, seconds)
    answer: T = known[0]
    return answer


def counted(key: str, seconds: int) -> int:
    """How often this was called with the key, this time included, since the first of `seconds`; 0 without a cache."""
    _cache("add", key, 0, seconds)
    return _cache("incr", key) or 0


def _cache(name: str, *arguments: Any) -> Any:
    try:
        return getattr(cache, name)(*arguments)
    except Exception as error:
        log.warning("cache_not_reached", error=type(error).__name__)
        return None
