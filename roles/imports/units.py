"""Rows of 「組織」."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nerima_privacy.calendars.periods import today
from nerima_privacy.imports.kinds import Counts, Row
from nerima_privacy.imports.parsing import folded, suggestion
from roles.models import Organ, Unit

if TYPE_CHECKING:
    from roles.imports.plan import Operations, Ward

FLAGS = ("is_department", "is_section", "is_school")


class UnitPlanner:
    """Creates units the ward does not have, changes those it has, links successors."""

    def __init__(self, ward: Ward, operations: Operations) -> None:
        self.ward, self.operations = ward, operations
        self.seen: dict[str, str] = {}

    def run(self, rows: list[Row]) -> Counts:
        """First every unit, then what refers to other units of the same table."""
        counts = Counts("組織")
        planned: list[tuple[Row, Unit, str]] = []
        for row in rows:
            outcome = self.one(row)
            if outcome:
                planned.append((row, *outcome))
        for row, unit, state in planned:
            linked = self.link(row, unit)
            self.check(row, unit)
            final = "change" if state == "unchanged" and linked else state
            setattr(counts, final, getattr(counts, final) + 1)
            if final == "change":
                self.operations.changed_units.append(unit)
            elif final == "create":
                self.operations.new_units.append(unit)
        return counts

    def one(self, row: Row) -> tuple[Unit, str] | None:
        """The unit of a row and whether it is new."""
        from roles.imports.plan import assign

        code = row.values["code"]
        if code in self.seen:
            self.ward.wrong(row, "code", f"組織コード「{code}」が{self.seen[code]}にもあります。一つにしてください。")
            return None
        self.seen[code] = row.cell("code")
        organ = self.organ(row)
        plain = {k: row.values.get(k) for k in ("name", "address", "valid_from", "valid_to")}
        known = self.ward.units.get(code)
        if known is not None:
            flags = {flag: row.values[flag] for flag in FLAGS if flag in row.values and self.flagged(row)}
            state = assign(known, plain | flags | {"organ": organ})
            return known, "change" if state else "unchanged"
        return self.new(row, code, organ, plain)

    def flagged(self, row: Row) -> bool:
        """Whether a row says anything of 部・課・学校; three blanks leave what stands."""
        return any(row.values.get(flag) for flag in FLAGS)

    def new(self, row: Row, code: str, organ: Organ | None, plain: dict[str, Any]) -> tuple[Unit, str] | None:
        for key, label in (("name", "名称"), ("valid_from", "設置日")):
            if not plain[key]:
                self.ward.wrong(row, key, f"新しい組織には「{label}」が必要です。")
                return None
        if organ is None:
            if not row.values.get("organ"):
                self.ward.wrong(row, "organ", "新しい組織には「実施機関等」が必要です。例　練馬区長")
            return None
        flags = {flag: bool(row.values.get(flag)) for flag in FLAGS}
        values = {k: v for k, v in plain.items() if v is not None}
        unit = Unit(code=code, organ=organ, **values, **flags)
        self.ward.units[code] = unit
        return unit, "create"

    def organ(self, row: Row) -> Organ | None:
        """The organ a row names."""
        value = row.values.get("organ")
        if not value:
            return None
        organ = self.ward.organs.get(folded(value))
        if organ is None:
            names = sorted({o.name for o in self.ward.organs.values()})
            self.ward.wrong(row, "organ", f"「{value}」という実施機関等はありません。{suggestion(value, names)}")
        return organ

    def link(self, row: Row, unit: Unit) -> bool:
        """上位の部 and 後継; True when one of them changed."""
        changed = False
        parent = self.ward.unit(row, "parent")
        if parent is not None and unit.parent != parent:
            unit.parent = parent
            changed = True
        codes = row.values.get("successors") or []
        successors = [self.ward.units[code] for code in codes if code in self.ward.units]
        for code in codes:
            if code not in self.ward.units:
                self.ward.wrong(row, "successors", f"コード「{code}」の組織はありません。")
        known = {u.code for u in unit.successors.all()} if unit.pk else set()
        if successors and {u.code for u in successors} != known:
            self.operations.successors.append((unit, successors))
            changed = True
        return changed

    def check(self, row: Row, unit: Unit) -> None:
        """What the database would refuse, said at the cell."""
        if unit.is_school and (unit.is_department or unit.is_section):
            self.ward.wrong(row, "is_school", "学校は部・課を兼ねません（指針第2条第2項第4号）。")
        if unit.is_school and unit.parent is not None:
            self.ward.wrong(row, "parent", "学校の上に部は置けません。空欄にしてください。")
        if unit.parent is not None and not unit.parent.is_department:
            self.ward.wrong(row, "parent", f"「{unit.parent.name}」は部ではありません。部のコードを書いてください。")
        if unit.valid_to and unit.valid_to < unit.valid_from:
            self.ward.wrong(row, "valid_to", "廃止日は設置日以後の日付にしてください。")
        if unit.valid_to and unit.valid_to >= today() and not row.values.get("successors") and unit.pk:
            self.ward.warn(
                row, "valid_to", f"「{unit.name}」の後継の組織がありません。ファイルを引き継ぐ組織がなくなります。"
            )
