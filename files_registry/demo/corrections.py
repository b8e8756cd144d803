"""Errors at every step to their correction, and a unit that asks more than the ward (第12条・第13条)."""

from files_registry.demo.clock import days_ago
from files_registry.demo.requests import TAX, file_of, in_days, person
from files_registry.handling import correcting, ruling
from files_registry.handling.models import Correction
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.seats import Seat


def tell_corrections() -> None:
    """Waiting for an order, ordered and late, corrected and to be checked, checked, not needed."""
    rows = [
        (2, "電話番号", 12, "11月に入れた電話番号が、1行ずつずれて入っている。"),
        (30, "住所", 5, "町名の変更の前の表記のまま残っている。"),
        (14, "扶養関係", 3, "前年の区分が写されている。"),
        (60, "所得", 1, "入力の桁が一つ多い。"),
        (45, "氏名", 2, "字体が届出と違って見える。"),
    ]
    found = [_found(*row) for row in rows]
    manager = holders(Seat.PROTECTION_MANAGER, found[0].unit)[0]
    for correction, days in zip(found[1:4], (29, 13, 59), strict=True):
        with days_ago(days, 10, 0):
            order = "原本と照らし、入力した人とは別の人が直すこと。"
            correcting.instruct(correction.pk, instruction=order, due_on=in_days(10), actor=manager)
    for correction, days in zip(found[2:4], (3, 55), strict=True):
        with days_ago(days, 15, 0):
            note = "申告書の原本と照らして入れ直した。"
            correcting.correct(correction.pk, done_on=today(), done_note=note, actor=person("zeimu-shokuin2"))
    with days_ago(54, 9, 0):
        correcting.check_done(found[3].pk, actor=person("zeimu-tanto1"))
    with days_ago(44, 9, 0):
        correcting.dismiss(found[4].pk, instruction="届出の字体と同じです。端末の表示の違いでした。", actor=manager)


def _found(days: int, items: str, persons: int, description: str) -> Correction:
    data = {"items": items, "persons": persons, "description": description}
    with days_ago(days, 11, 30):
        return correcting.find(file_of(TAX).pk, {"found_on": today(), **data}, actor=person("zeimu-shokuin1"))


def tell_rules() -> None:
    """税務課 asks more than the ward."""
    unit = file_of(TAX).unit
    with days_ago(100, 9, 0):
        ruling.set_rules(
            unit.pk,
            levels={"3b": {"copy": "each"}, "3c": {"send": "each", "take_out": "each"}},
            valid_from=today(),
            reason="課税の記録は、区分が低くても外に出ると本人への影響が大きいため。",
            actor=holders(Seat.PROTECTION_MANAGER, unit)[0],
        )
