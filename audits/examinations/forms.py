"""What is asked when an audit is planned, decided on and ended, and when its files are looked through."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from audits.examinations import queries
from audits.examinations.independence import Conflict, conflicts
from audits.examinations.models import Audit, Occasion
from audits.examinations.planning import DROP, KEEP, Plan, chosen, left_alone
from audits.examinations.presenters import unit_name
from files_registry.catalogue.pressing import ActionForm
from nerima_privacy.calendars.periods import today
from nerima_privacy.web.fields import CleanTextField, JapaneseDateField
from nerima_privacy.web.forms import Form
from roles.models import Unit
from roles.picker_fields import UnitFilterField

SCHOOLS, ALONE = "学校", "部に属さない組織"


class PlanForm(Form):
    """The plan of an audit; `token` is this page's and makes one plan, `stamp` says from which state it was written."""

    title = CleanTextField(label="件名", max_length=120)
    occasion = forms.ChoiceField(
        label="定期・随時の別", choices=Occasion.choices, widget=forms.RadioSelect, initial=Occasion.REGULAR
    )
    officers = forms.TypedMultipleChoiceField(
        label="監査責任者",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="所属や役割のある組織と、その上の部や受け持つ部の下の組織は、本人は監査できません。"
        "ほかの監査責任者が監査する組織は、ふくめられます。",
        error_messages={"required": "監査責任者を選んでください。"},
    )
    units = forms.TypedMultipleChoiceField(
        label="監査する組織",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="部を選ぶと、その下の課もふくみます。",
        error_messages={"required": "監査する組織を選んでください。"},
    )
    purpose = CleanTextField(label="監査の目的", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    matters = CleanTextField(
        label="監査する事項",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="1行に1つずつ書いてください。",
    )
    begins_on = JapaneseDateField(label="はじまり")
    ends_on = JapaneseDateField(
        label="終わり（この日まで）", help_text="この日を過ぎると、ファイルは見られなくなります。"
    )
    tied = forms.ChoiceField(choices=[(KEEP, KEEP), (DROP, DROP)], required=False)  # said by a button
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    stamp = forms.IntegerField(widget=forms.HiddenInput, required=False)
    articles = {
        "title": "第24条", "occasion": "第24条", "officers": "第7条第2項", "units": "第7条第3項", "purpose": "第24条",
        "ends_on": "第24条",
    }  # fmt: skip
    examples = {
        "title": "令和8年度　区民窓口の監査",
        "purpose": "窓口で扱う個人情報の管理の状況を確かめる。",
        "matters": "アクセス権の棚卸しと使われ方",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["officers"]
        people.choices = [(person.pk, f"{person.name}（{person.staff_number}）") for person in queries.officers()]
        places: Any = self.fields["units"]
        places.choices = _grouped(queries.units())

    @property
    def groups(self) -> list[tuple[str, list[Any], int]]:
        """The boxes of the units: (部, its boxes, how many are ticked)."""
        boxes = iter(self["units"])
        field: Any = self.fields["units"]
        found = [(name, [next(boxes) for _ in options]) for name, options in field.choices]
        return [(name, own, sum(bool(box.data["selected"]) for box in own)) for name, own in found]

    @property
    def ties(self) -> "Tied | None":
        """Who is tied to which of the units chosen, once it was refused for that; None otherwise."""
        if not self.is_bound or not self.errors.keys() & {"units", "officers"}:
            return None
        people, units = chosen(self._ticked("officers"), self._ticked("units"))
        found = conflicts(people, units, today())
        bare, idle = left_alone(found, people, units)
        return Tied(found, may_keep=not bare and not idle, may_drop=len({one.unit for one in found}) < len(units))

    def _ticked(self, name: str) -> list[int]:
        """The keys as typed; what is refused is no longer in `cleaned_data`."""
        return [int(key) for key in self[name].value() or [] if str(key).isascii() and str(key).isdigit()]

    def restamp(self, audit: Audit) -> None:
        """Let the next save of what was typed build on what is saved now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["stamp"] = str(audit.stamp)
        self.data = data

    def plan(self) -> Plan:
        """What was typed, for the verb."""
        typed: dict[str, Any] = {name: self.cleaned_data.get(name) for name in Plan.__dataclass_fields__}
        return Plan(**typed)


@dataclass(frozen=True)
class Tied:
    """Who does not go together with which unit, and what may be done: keep the units for the others, or drop them."""

    found: list[Conflict]
    may_keep: bool
    may_drop: bool


def _grouped(units: Iterable[Unit]) -> list[tuple[str, list[tuple[int, str]]]]:
    """The units under the name of their 部; schools last."""
    rows = sorted(units, key=_place)
    return [(name, [(unit.pk, unit_name(unit)) for unit in own]) for name, own in groupby(rows, key=_group)]


def _place(unit: Unit) -> tuple[bool, str, bool, str]:
    above = unit.department
    return unit.is_school, above.code if above else "~", above is not unit, unit.code


def _group(unit: Unit) -> str:
    if unit.is_school:
        return SCHOOLS
    return unit.department.name if unit.department else ALONE


def initial_of(audit: Audit) -> dict[str, Any]:
    """The fields of a plan as they stand."""
    plain = ("title", "occasion", "purpose", "matters", "begins_on", "ends_on", "stamp")
    keys = {"officers": [p.pk for p in audit.officers.all()], "units": [u.pk for u in audit.units.all()]}
    return {name: getattr(audit, name) for name in plain} | keys


class NothingForm(ActionForm):
    """A button that asks nothing but from which state it was pressed."""


class ApproveForm(ActionForm):
    """Approving: a condition where there is one."""

    note = CleanTextField(
        label="条件",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="なければ空のままで結構です。例　実地の確認は閉庁後に行うこと",
    )


class ReasonForm(ActionForm):
    """Refusing, ending: why."""

    note = CleanTextField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class FilesFilter(Form):
    """Looking through the files of an audit."""

    q = CleanTextField(label="ファイルの名称・番号など", required=False, max_length=60)
    unit = UnitFilterField()

    def __init__(self, data: Any, units: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["unit"]
        field.offer(units)

    def wanted(self) -> dict[str, Any]:
        """What was asked for and can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
