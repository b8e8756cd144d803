"""Fields in which a person or a system is picked out of many; what is typed is read here, with and without script."""

from typing import Any

from django.db.models import Q

from files_registry.systems.models import InformationSystem
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.pickers import SHOWN, PickerField, PickerInput, spellings, words
from roles.picker_fields import NO_PERSON, PersonField

NO_SYSTEM = "あてはまる、使用中の情報システムはありません。"


def systems_like(text: str) -> Any:
    """Systems in use of which every word is in the name or the name of the unit; the exact name first."""
    rows = InformationSystem.objects.on(today()).select_related("unit__parent")
    asked = words(text)
    for word in asked:
        found = Q()
        for way in spellings(word):
            found |= Q(name__icontains=way) | Q(unit__name__icontains=way)
        rows = rows.filter(found)
    return rows.order_by("name") if asked else rows.none()


class AdministratorField(PersonField):
    """Who administers a system: anybody who works for the ward, found by those who name administrators."""

    widget = PickerInput("systems:pick-person", method="POST", nothing=NO_PERSON)


class SystemField(PickerField):
    """A system in use, by its name, which is its number too: no two systems share one."""

    widget = PickerInput("systems:pick", nothing=NO_SYSTEM)
    unknown = f"「%(typed)s」に{NO_SYSTEM}"
    choose = "候補から選ぶか、名称を書いてください。"

    def __init__(self, **kwargs: Any) -> None:
        help_text = "名称または所管の一部を書いて、候補から選べます。"
        super().__init__(**{"help_text": help_text, "max_length": 120, **kwargs})

    def candidates(self, text):
        return list(systems_like(text)[: SHOWN + 1])

    def near(self, text):
        near = " ".join(word[:2] for word in words(text) if len(word) > 2)
        return list(systems_like(near)[:SHOWN])

    def number_of(self, row):
        return row.name

    def names_of(self, row):
        return [row.name]

    def written(self, row):
        return row.name
