"""What somebody may do with what a file holds (第11条第1項), and the one way to ask it.

The words are django permissions on the file, so `person.has_perm("files_registry.open_file", file)` answers anywhere;
who has them is said by files_registry/access, from seats held now and grants valid now.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from files_registry.catalogue.models import PersonalInformationFile
from roles.models import Person


class Right(models.TextChoices):
    """The content of a right. The value is the permission's codename."""

    OPEN = "open_file", "閲覧"
    ENTER = "enter_file", "入力・更新"
    ERASE = "erase_file", "削除"
    OUTPUT = "output_file", "出力"

    @property
    def perm(self) -> str:
        """As `has_perm` takes it."""
        return f"files_registry.{self.value}"


def may(person: Person, right: Right, file: PersonalInformationFile) -> bool:
    """Whether the person has the right now, to the second: by a seat of the unit, or by a grant (第11条第1項)."""
    kept = _kept.get()
    if kept is None:
        return person.has_perm(right.perm, file)
    key = (person.pk, file.pk)
    if key not in kept:
        kept[key] = rights_on(person, [file])[file.pk]
    return right in kept[key]


_kept: ContextVar[dict[tuple[int, int], frozenset[Right]] | None] = ContextVar("rights asked by a page", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it the rights over a file are read once, for a page that shows what may be done; never around a verb."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def rights_over(person: Person, file: PersonalInformationFile) -> frozenset[Right]:
    """All the person may do with the file now, at once; for a page that offers several things (第11条第1項)."""
    codenames = person.get_all_permissions(file)
    return frozenset(right for right in Right if right.value in codenames)


Finder = Callable[[Person, Right], QuerySet[PersonalInformationFile]]
_finders: list[Finder] = []


def register_finder(finder: Finder) -> Finder:
    """Register `fn(person, right) -> files`, the set `may` says yes to; usable as a decorator."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def files_for(person: Person, right: Right) -> QuerySet[PersonalInformationFile]:
    """The files over which the person has the right now, as one query whatever their number (第11条第1項)."""
    files = PersonalInformationFile.objects.none()
    for finder in _finders:
        files = files | finder(person, right)
    return files


Reader = Callable[[Person, Iterable[PersonalInformationFile]], Mapping[int, frozenset[Right]]]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> Reader:
    """Register `fn(person, files) -> {pk: rights}` for the files of one page; usable as a decorator."""
    if reader not in _readers:
        _readers.append(reader)
    return reader


def rights_on(person: Person, files: Iterable[PersonalInformationFile]) -> dict[int, frozenset[Right]]:
    """What the person may do now with each file of one page, in one query, or none where a seat says it."""
    files = list(files)
    found = {file.pk: frozenset[Right]() for file in files}
    for reader in _readers:
        said = reader(person, files)
        found = {pk: held | said.get(pk, frozenset()) for pk, held in found.items()}
    return found


Mark = Callable[[Person], dict[str, Any]]
_marks: list[Mark] = []


def register_mark(mark: Mark) -> Mark:
    """Register `fn(person) -> {name: expression}` that the page of a file has to know; usable as a decorator."""
    if mark not in _marks:
        _marks.append(mark)
    return mark


def marked(files: QuerySet[PersonalInformationFile], person: Person) -> QuerySet[PersonalInformationFile]:
    """The files, each marked with whether the person may open it now, so that its page needs no query more to know.

    Besides with what an area above marks it with (`register_mark`).
    """
    opens = files_for(person, Right.OPEN).filter(pk=OuterRef("pk"))
    others = {name: expression for mark in _marks for name, expression in mark(person).items()}
    return files.annotate(opens_to_reader=Exists(opens), **others)
