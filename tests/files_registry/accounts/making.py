"""A system of 税務課 with files, and account lists brought to any step by the verbs themselves."""

from datetime import date

from files_registry.accounts import workflow
from files_registry.accounts.models import AccountComparison
from files_registry.accounts.reading import Meaning
from files_registry.systems.models import InformationSystem, SystemAdministrator, SystemFile
from nerima_privacy.calendars.periods import today
from tests.files_registry.access import steps
from tests.interruption import every_row as written  # noqa: F401 - what a refusal must leave

BEGIN = date(2024, 4, 1)
COLUMNS = {"account": "ユーザID", "staff": "職員番号", "rights": "権限"}
WORDS = {
    "閲覧": ["open_file"],
    "更新": ["open_file", "enter_file"],
    "管理": ["open_file", "enter_file", "erase_file", "output_file"],
    "なし": ["none"],
}
MEANING = Meaning(COLUMNS, WORDS, {})


def system(cast, unit=None, name="税務システム", files=()):
    """A system of 税務課, administered by 「dispatched」, with the files named; one of its own where none is."""
    unit = unit or cast.tax
    made = InformationSystem.objects.create(
        name=name, unit=unit, purpose="賦課", valid_from=BEGIN, registered_by=cast.officer
    )
    SystemAdministrator.objects.create(system=made, person=cast.dispatched, valid_from=BEGIN, named_by=cast.officer)
    for file in files or [steps.held_file(cast, unit, number=f"S-{made.pk}")]:
        link(cast, made, file)
    return made


def link(cast, made, file, since=BEGIN, until=None):
    return SystemFile.objects.create(system=made, file=file, valid_from=since, valid_to=until, linked_by=cast.officer)


def file_of(made):
    return made.system_files.get().file


def table(*rows, head=("ユーザID", "職員番号", "権限")):
    """The bytes of a CSV."""
    return "\n".join(",".join(row) for row in [head, *rows]).encode()


def line(account, person, words="閲覧"):
    return (account, getattr(person, "staff_number", person), words)


def uploaded(cast, made, *rows, actor=None, as_of=None, content=None, name="accounts.csv") -> AccountComparison:
    content = content if content is not None else table(*rows)
    actor = actor or cast.officer
    return workflow.upload(made.pk, file_name=name, content=content, as_of=as_of or today(), actor=actor)


def checked(cast, made, *rows, actor=None, meaning=MEANING, **facts) -> AccountComparison:
    row = uploaded(cast, made, *rows, actor=actor, **facts)
    return workflow.check(row.pk, meaning=meaning, actor=actor or cast.officer)


def recorded(cast, made, *rows, actor=None, **facts) -> AccountComparison:
    row = checked(cast, made, *rows, actor=actor, **facts)
    return workflow.record_comparison(row.pk, digest=row.digest, actor=actor or cast.officer)


def kinds(row):
    """{account or staff number: (kind, why)} of what was found."""
    found = row.findings.select_related("person")
    return {f.account or f.person.staff_number: (f.kind, f.why) for f in found}


def accounts_of(row):
    """The same, of accounts only."""
    return {name: found for name, found in kinds(row).items() if found[0] != "missing"}
