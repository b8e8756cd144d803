"""What each page of the ledger is given to print."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.core.paginator import Page
from django.urls import reverse

from files_registry.catalogue.gates import purpose_is_asked
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import UNIT_SEATS
from files_registry.catalogue.rights import Right, rights_on, rights_over
from files_registry.ledgers import policies, presenters, queries
from files_registry.ledgers.bulk import BulkSheet
from files_registry.ledgers.checks import MOVES
from files_registry.ledgers.forms import CorrectEntryForm, EntryForm, LedgerFilter, ListFilter, OutputForm
from files_registry.ledgers.models import LedgerEntry
from files_registry.ledgers.rules import class_labels, is_in_a_system, rule_of, rule_of_line, rules
from nerima_privacy.calendars.periods import today
from nerima_privacy.duties.requests import PersonRequest
from nerima_privacy.web.finding import key_in
from roles.holdings import holdings_of
from roles.models import Person, Unit

DIFFERS = {"scope", "persons", "remarks"}  # what the lines of one afternoon do not share
CHAIN = ("corrects__entered_by", "corrected_by__entered_by")


def ledger_list(person: Person, form: ListFilter, page: Page, *, writing: bool) -> dict[str, Any]:
    """The list of ledgers, and the units whose ledgers one may take out together."""
    known, held, seated = rules(), rights_on(person, page.object_list), holdings_of(person).seat_units(*UNIT_SEATS)
    units = queries.export_units(person)
    return {
        "filter": form,
        "words": form.words(),
        "writing": writing,
        "page": page,
        "units": units,
        "keeps": [unit for unit in units if unit.pk in seated],
        "rows": [presenters.ledger_row(file, known, today(), held[file.pk]) for file in page.object_list],
    }


def output(person: Person, unit: Unit, form: OutputForm) -> dict[str, Any]:
    """Taking the ledgers of a unit out: of how many files, and whether the purpose is asked."""
    files = policies.exports_of(person, unit)
    return {"unit": unit, "form": form, "files": files.count(), "asks": purpose_is_asked(person, files)}


def _frame(file: PersonalInformationFile, here: str) -> dict[str, Any]:
    """What every page of one file's ledger shows: the file, and the ways between its parts."""
    parts = [("ledger", "取扱台帳", "ledgers:detail"), ("verifications", "入力の照合", "ledgers:verifications")]
    parts += [("media", "媒体の保管", "ledgers:media")]
    tabs = [
        {"label": label, "url": reverse(name, args=[file.pk]), "current": key == here} for key, label, name in parts
    ]
    return {"file": file, "tabs": tabs}


def ledger(request: PersonRequest, file: PersonalInformationFile, form: LedgerFilter, page: Page) -> dict[str, Any]:
    """One ledger, filtered."""
    wanted, person = form.wanted(), request.user
    rights = rights_over(person, file)
    writes = Right.ENTER in rights and ("write", file.status) in MOVES
    last = queries.own_last(file, person) if writes else None
    query = urlencode(wanted)
    return _frame(file, "ledger") | {
        "filter": form,
        "wanted": wanted,
        "page": page,
        "rows": [presenters.line(entry) for entry in page.object_list],
        "asked": presenters.who(rule := rule_of(file)),
        "rule_label": rule.label,
        "writes": writes,
        "last": presenters.line(last) if last else None,
        "imports": bool(holdings_of(person).has(*UNIT_SEATS)) and writes,
        "exports": Right.OUTPUT in rights,
        "query": f"?{query}" if query else "",
    }


def entry(file: PersonalInformationFile, found: LedgerEntry, person: Person) -> dict[str, Any]:
    """One line."""
    later = presenters.later_of(found)
    return _frame(file, "ledger") | {
        "entry": found,
        "chip": presenters.KIND_CHIP[found.kind],  # type: ignore[index]  # a value of the enum
        "facts": presenters.facts(found, class_labels()),
        "later": later,
        "earlier": found.corrects,
        "can_correct": later is None and policies.can_correct(person, found, file),
    }


def entry_form(request: PersonRequest, file: PersonalInformationFile) -> EntryForm:
    """The form of a line; `?repeat=` begins with what another line of this ledger says, of today.

    `?after=` begins the next of several in a row: the day of the line before it and all it says, but for what differs.
    """
    rule, initial = rule_of(file), {"on": today(), "done_by": request.user.name, "token": uuid4().hex}
    if request.method == "POST":
        return EntryForm(request.POST, rule=rule)
    if old := _named(request, file, "repeat"):
        initial = presenters.initial_of(old) | initial
    elif old := _named(request, file, "after"):
        kept = presenters.initial_of(old) | {"on": old.on, "done_by": old.done_by}
        initial |= {name: value for name, value in kept.items() if name not in DIFFERS}
    elif request.GET.get("kind"):
        initial["kind"] = request.GET["kind"]
    return EntryForm(initial=initial, rule=rule)


def _named(request: PersonRequest, file: PersonalInformationFile, name: str) -> LedgerEntry | None:
    """The line of this ledger that the address names."""
    key = key_in(request, name)
    return None if key is None else policies.entries_of(file).filter(pk=key).first()


def write(file: PersonalInformationFile, form: EntryForm, person: Person) -> dict[str, Any]:
    """The page of one new line."""
    rule = rule_of(file)
    return _frame(file, "ledger") | {
        "form": form,
        "asked": presenters.who(rule),
        "rule_label": rule.label,
        "kinds": presenters.kinds_for_script(rule),
        "known": queries.suggestions(file),
        "last": None if form.is_bound else queries.own_last(file, person),
    }


def correct_form(request: PersonRequest, file: PersonalInformationFile, old: LedgerEntry) -> CorrectEntryForm:
    """The form of a correction, beginning with what the line says."""
    rule = rule_of_line(old)
    if request.method == "POST":
        return CorrectEntryForm(request.POST, rule=rule)
    return CorrectEntryForm(initial=presenters.initial_of(old) | {"on": old.on}, rule=rule)


def correct(file: PersonalInformationFile, old: LedgerEntry, form: CorrectEntryForm) -> dict[str, Any]:
    """The page of a correction: the line as it stands, and the form."""
    rule = rule_of_line(old)
    return _frame(file, "ledger") | {
        "old": old,
        "facts": presenters.facts(old, class_labels()),
        "later": presenters.later_of(old),
        "form": form,
        "kinds": presenters.kinds_for_script(rule),
        "known": queries.suggestions(file),
    }


def bulk(file: PersonalInformationFile, sheet: BulkSheet) -> dict[str, Any]:
    """The page of several new lines."""
    return _frame(file, "ledger") | {
        "sheet": sheet,
        "asked": presenters.who(rule := rule_of(file)),
        "rule_label": rule.label,
        "known": queries.suggestions(file),
    }


def frame(file: PersonalInformationFile, here: str) -> dict[str, Any]:
    """For the pages of verifications and media."""
    return _frame(file, here) | {"in_a_system": is_in_a_system(file)}
