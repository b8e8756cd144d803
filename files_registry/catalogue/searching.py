"""The column that list pages search: what a reader may type, whatever the width, kana form or letter case."""

import unicodedata

from files_registry.catalogue.models import FileVersion


def normalise(text: str) -> str:
    """Full-width and half-width alike, letters small, runs of blanks as one."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def search_text(version: FileVersion, number: str = "") -> str:
    """Number, name, purpose and items of a version; what only a few may see is left out."""
    return normalise("\n".join([number, version.name, version.purpose, version.items]))
