"""What somebody may do with what a file holds (第11条第1項), and the one way to ask it.

The words are django permissions on the file, so `person.has_perm("files_registry.open_file", file)` answers anywhere;
who has them is said by files_registry/access, from seats held now and grants valid now.
"""

from collections.abc import Callable

from django.db import models
from django.db.models import QuerySet

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
    return person.has_perm(right.perm, file)


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
