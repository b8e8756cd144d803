"""The sheets and columns of the ward's table."""

from django.core.exceptions import ValidationError

from nerima_privacy.imports.kinds import Column, Sheet
from nerima_privacy.imports.parsing import choice, code, codes, day, email, flag, text
from roles.models import Engagement
from roles.seats import Basis, Seat
from roles.staff_numbers import staff_number
from roles.unit_codes import fits_an_address

SEATS = {seat.label: seat for seat in Seat}
BASES = {basis.label: basis for basis in Basis}
ENGAGEMENTS = {e.label: e for e in Engagement if e != Engagement.SYSTEM}


def unit_code(value: str) -> str:
    """The code of a unit, which stands in the address of its page."""
    parsed = code()(value)
    try:
        fits_an_address(parsed)
    except ValidationError as wrong:
        raise ValueError(wrong.message) from None
    return parsed


UNITS = Sheet(
    "unit",
    "組織",
    (
        Column("code", "組織コード", unit_code, required=True, aliases=("コード",), example="0310"),
        Column("name", "名称", text(60), aliases=("組織名",), example="税務課"),
        Column("organ", "実施機関等", text(60), aliases=("機関",), example="練馬区長"),
        Column("parent", "上位の部", code(), aliases=("部コード", "上位組織コード"), example="0300"),
        Column("is_department", "部", flag, example="○"),
        Column("is_section", "課", flag, example="○"),
        Column("is_school", "学校", flag),
        Column("address", "所在地", text(120)),
        Column("valid_from", "設置日", day, example="令和5年4月1日"),
        Column("valid_to", "廃止日", day),
        Column("successors", "後継の組織", codes, aliases=("後継組織コード",)),
    ),
)
PEOPLE = Sheet(
    "person",
    "職員",
    (
        Column("number", "職員番号", staff_number, required=True, example="123456"),
        Column("name", "氏名", text(60), example="練馬 太郎"),
        Column("kana", "氏名（カナ）", text(60), aliases=("カナ", "フリガナ")),
        Column("email", "メールアドレス", email, aliases=("メール", "E-mail")),
        Column("engagement", "区分", lambda value: choice(ENGAGEMENTS)(value) if value else None),
        Column("unit", "所属コード", code(), aliases=("所属組織コード",), example="0310"),
        Column("title", "職名", text(60), example="主事"),
        Column("posted_from", "発令日", day, aliases=("異動日",), example="令和9年4月1日"),
        Column("posted_to", "終了日", day, aliases=("退職日",)),
    ),
)
APPOINTMENTS = Sheet(
    "appointment",
    "任命",
    (
        Column("seat", "役割", choice(SEATS), required=True, example="保護責任者"),
        Column("unit", "組織コード", code(), aliases=("所属コード",), example="0310"),
        Column("number", "職員番号", staff_number, required=True, example="123456"),
        Column("valid_from", "就任日", day, required=True, example="令和9年4月1日"),
        Column("valid_to", "任期の終わり", day, aliases=("終了日", "退任日")),
        Column("basis", "根拠", lambda value: choice(BASES)(value) if value else None),
        Column("security_post", "兼ねる情報セキュリティの職", text(60)),
        Column("order_document", "発令・指名の文書", text(120), aliases=("文書",)),
    ),
)
SHEETS = (UNITS, PEOPLE, APPOINTMENTS)
