"""Fields of forms in which a person or a unit is picked out of thousands."""

from typing import Any

from django.db.models import Q, QuerySet

from nerima_privacy.calendars.periods import today
from nerima_privacy.web.pickers import SHOWN, PickerField, PickerInput
from nerima_privacy.web.widgets import LongSelect
from roles import picking
from roles.models import Unit

FEW = 40
NO_UNIT = "あてはまる組織はありません。"
NO_LIVING_UNIT = "あてはまる、いまある組織はありません。"
NO_PERSON = "あてはまる在籍中の人はいません。"


def living_units() -> QuerySet[Unit]:
    """Units that stand today or will: those somebody may be moved to."""
    return Unit.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today()))


def units_with_files() -> QuerySet[Unit]:
    """課 and 学校, also those that ended: what a file may belong to (第10条第1項)."""
    return Unit.objects.filter(Q(is_section=True) | Q(is_school=True))


AMONG = {"living": living_units, "with-files": units_with_files}


class PersonField(PickerField):
    """Somebody who works for the ward, by name, kana or staff number. Only on forms of those who administer."""

    widget = PickerInput("pick-person", method="POST", nothing=NO_PERSON)
    unknown = f"「%(typed)s」に{NO_PERSON}"
    choose = "候補から選ぶか、職員番号を書いてください。"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "職員番号、氏名またはカナの一部を書いて、候補から選べます。", **kwargs})

    def candidates(self, text):
        return list(picking.people_like(text)[: SHOWN + 1])

    def near(self, text):
        return list(picking.people_near(text)[:SHOWN])

    def number_of(self, row):
        return row.staff_number

    def names_of(self, row):
        return [row.name, row.kana] if row.kana else [row.name]


class UnitField(PickerField):
    """A living unit, by name or code."""

    widget = PickerInput("pick-unit", query="among=living", nothing=NO_LIVING_UNIT)
    unknown = f"「%(typed)s」に{NO_LIVING_UNIT}"
    choose = "候補から選ぶか、組織コードを書いてください。"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "名称または組織コードの一部を書いて、候補から選べます。", **kwargs})

    def units(self):
        """Those that may be picked."""
        return living_units()

    def candidates(self, text):
        return list(picking.units_like(text, self.units())[: SHOWN + 1])

    def near(self, text):
        return list(picking.units_near(text, self.units())[:SHOWN])

    def number_of(self, row):
        return row.code

    def names_of(self, row):
        return list(dict.fromkeys([row.full_name, row.name]))


class UnitFilterField(UnitField):
    """所管 in the filter of a list: a select for a reader of few units, a picker for a reader of many.

    An address may name the unit by code, by name or, as older ones do, by key; where a number is both, by code.
    """

    widget = PickerInput("pick-unit", query="among=with-files", nothing=NO_UNIT)
    unknown = f"「%(typed)s」に{NO_UNIT}"
    choose = "候補から選んでください。"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "label": "所管", "help_text": "", **kwargs})
        self.offered: QuerySet[Unit] = Unit.objects.none()
        self.few: list[Unit] | None = None

    def offer(self, units):
        """Say which units the reader may ask for. Reads no more than it takes to tell few from many; one query."""
        rows = list(units.order_by("code").only("code", "name", "is_department", "parent__name")[: FEW + 1])
        self.offered = units
        if len(rows) <= FEW:
            self.few = rows
            self.widget = LongSelect(choices=[("", "すべて"), *((unit.code, unit.full_name) for unit in rows)])

    def units(self):
        return self.offered

    def candidates(self, text):
        if self.few is None:
            return list(picking.units_like(text, self.offered, keys=True)[: SHOWN + 1])
        return [unit for unit in self.few if self.meant(text, [unit])]

    def near(self, text):
        return super().near(text) if self.few is None else []

    def meant(self, text, rows):
        return super().meant(text, rows) or [unit for unit in rows if str(unit.pk) == text]

    def prepare_value(self, value):
        if self.few is None or "chosen" not in self.__dict__:
            return super().prepare_value(value)
        return self.number_of(self.chosen[1])
