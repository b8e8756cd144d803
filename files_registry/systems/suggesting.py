"""A system of the name that stands on the form of a file: offered, never taken for the same by itself."""

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.pickers import folded


def written_name(file: PersonalInformationFile) -> str:
    """What the form of the file says of its system (様式の記載); free text."""
    return file.current.system_name.strip() if file.current else ""


def same(one: str, other: str) -> bool:
    """Whether two names differ in no more than width, case, kana or blanks."""
    return folded(one) == folded(other)


def not_among(file: PersonalInformationFile, names: list[str]) -> str:
    """What the form says, where none of the systems of these names is the same; else nothing."""
    written = written_name(file)
    return "" if any(same(written, name) for name in names) else written


def same_name(file: PersonalInformationFile) -> InformationSystem | None:
    """The system in use of that name which the file is not linked to yet."""
    name = written_name(file)
    if not name:
        return None
    rows = InformationSystem.objects.on(today()).exclude(system_files__in=file.system_files.on(today()))
    exact = rows.filter(name=name).first()
    return exact or next((row for row in rows.filter(name__startswith=name[:1]) if same(row.name, name)), None)
