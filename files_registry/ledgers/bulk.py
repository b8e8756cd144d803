"""Several lines typed in one table: rows of forms, of which those nobody touched are left out."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers.forms import RowForm
from files_registry.ledgers.workflow import MOST_ROWS
from nerima_privacy.calendars.periods import today
from nerima_privacy.refusals import Invalid
from roles.models import Person

FIRST, MORE = 5, 5


class BulkSheet:
    """The table of one request. As a form it takes the refusals of its verb: each to the row it speaks of."""

    def __init__(self, data: Mapping[str, Any] | None, *, file: PersonalInformationFile, person: Person) -> None:
        self.data, self.file = data, file
        self.asks_for_more = data is not None and "more" in data
        self.token = str(data.get("token", ""))[:60] if data else uuid4().hex
        self.errors: list[str] = []
        initial = {"on": today(), "done_by": person.name}
        self.forms = [
            RowForm(data, prefix=f"row-{place}", initial=initial, label_suffix="") for place in range(self.asked_rows())
        ]
        if self.asks_for_more:
            added = range(len(self.forms), min(len(self.forms) + MORE, MOST_ROWS))
            self.forms += [RowForm(prefix=f"row-{place}", initial=initial, label_suffix="") for place in added]
        self.typed: list[RowForm] = []

    def asked_rows(self) -> int:
        """How many rows the page had."""
        said = str(self.data.get("rows", "")) if self.data else ""
        return max(1, min(int(said), MOST_ROWS)) if said.isascii() and said.isdigit() else FIRST

    @property
    def can_grow(self) -> bool:
        """Whether there may be more rows."""
        return len(self.forms) < MOST_ROWS

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What the verb takes."""
        return [form.row() for form in self.typed]

    def is_valid(self) -> bool:
        """Every row that was touched can be read, and there is one."""
        self.typed = [form for form in self.forms if form.touched()]
        if not self.typed:
            self.errors = ["1行以上、取扱いの種類を選んで書いてください。"]
        return all([form.is_valid() for form in self.typed]) and bool(self.typed)

    def take(self, invalid: Invalid) -> None:
        """Each sentence to its row and field; the others above the table."""
        for name, sentence in invalid.errors.items():
            place, _, field = name.partition("-")
            if place.isdigit() and int(place) < len(self.typed):
                form = self.typed[int(place)]
                form.add_error(field if field in form.fields else None, sentence)
            else:
                self.errors.append(sentence)

    @property
    def wrong_rows(self) -> list[int]:
        """The numbers of the rows with something to mend, from 1."""
        return [place for place, form in enumerate(self.forms, start=1) if form in self.typed and form.errors]
