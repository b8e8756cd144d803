"""How far a long import is. Kept in the cache: what its own transaction writes nobody else could see."""

from django.core.cache import cache

from nerima_privacy.imports.kinds import Progress


def reporter(pk: int) -> Progress:
    """A function that tells how many steps of how many are done, and in words what is being done."""

    def tell(done: int, total: int, words: str) -> None:
        cache.set(f"import:{pk}", {"done": done, "total": total, "words": words}, timeout=3600)

    return tell


def of(pk: int) -> dict[str, object]:
    """What was told last."""
    return cache.get(f"import:{pk}") or {"done": 0, "total": 4, "words": "順番を待っています"}
