"""What each official form needs to be printed: plain dicts, filled by the areas, drawn by templates/documents/*.typ.

Every value is a string ready to be read (dates in 和暦). An empty string prints as 「―」 or leaves the line out, as the
form has it. `dated` is the ISO date written into the PDF itself, so that the same data give the same bytes.
Nothing in a value is markup.
"""

from typing import Literal, NotRequired, TypedDict


class FormCell(TypedDict):
    """One cell of the 個人情報ファイル簿（単票）: what `catalogue.cells.printed_cells` and edition entries hold."""

    no: int
    label: str
    value: str


class RegisterEntry(TypedDict):
    """`register_entry.typ`, 個人情報ファイル簿（単票）: the twenty cells in order."""

    cells: list[FormCell]
    published: NotRequired[str]  # 「令和8年11月23日」
    edition: NotRequired[str]  # 「第3版」
    dated: NotRequired[str]


class Office(TypedDict):
    """Who sends or receives: 「区民部 税務課」「保護責任者　税務課長」「練馬 太郎」."""

    unit: str
    post: str
    name: str


class ChangedCell(TypedDict):
    """One cell before and after; `changed` marks it. `catalogue.cells.CellDiff` has these attributes."""

    no: int | None
    label: str
    old: str
    new: str
    changed: bool


class NamedValue(TypedDict):
    """A line of the form that is not one of the twenty cells."""

    label: str
    value: str


class FilingForm(TypedDict):
    """`filing.typ`, 個人情報ファイル（保有・変更）届出書 (第10条第1項).

    `cells` for a new file, `changes` (all cells, marked) for a change. `late_reason` is printed when `late`.
    `planned` is the day it will be held or changed, `already_done` when that has happened.
    """

    kind: Literal["new", "change"]
    number: str  # 届出番号; empty before filing
    date: str
    to: str  # 「情報公開課長」
    sender: Office
    file_name: str
    file_number: str
    planned: str
    already_done: bool
    late: bool
    late_reason: str
    cells: NotRequired[list[FormCell]]
    changes: NotRequired[list[ChangedCell]]
    internal: NotRequired[list[NamedValue]]
    note: NotRequired[str]
    dated: NotRequired[str]


class Council(TypedDict):
    """What 練馬区個人情報保護運営委員会 said, when the matter was proposed to it."""

    held_on: str
    opinion: str


class ResultNotice(TypedDict):
    """`result.typ`, 検討結果通知書 (第10条第2項): sent whether or not the matter was proposed."""

    document_number: str  # 文書番号; may be empty
    date: str
    to: Office
    sender: Office
    filing_number: str
    filed_on: str
    kind_label: str  # 「保有の届出」「変更の届出」
    file_name: str
    proposed: bool
    reason: str
    council: NotRequired[Council | None]
    result: str
    conditions: str
    dated: NotRequired[str]


class CeaseForm(TypedDict):
    """`cease.typ`, 個人情報ファイル廃止届 (第10条第3項). `disposal…` are empty until the data are dealt with."""

    number: str
    date: str
    to: str
    sender: Office
    file_name: str
    file_number: str
    held_from: str
    ceased_on: str
    late: bool
    late_reason: str
    disposal: str
    disposed_on: str
    disposal_note: str
    note: NotRequired[str]
    dated: NotRequired[str]


class FormPart(TypedDict):
    """A headed table of lines."""

    title: str
    rows: list[NamedValue]


class HandlingForm(TypedDict):
    """`handling.typ`, 保有個人情報の取扱いに関する申請書（許可書） (第12条).

    `draft` until it is submitted; `parts` are what is asked for, decided, done, and asked to be returned later.
    """

    title: str
    number: str  # 「申請 12」
    draft: bool
    status: str
    date: str
    to: Office
    sender: Office
    file_name: str
    file_number: str
    parts: list[FormPart]
    dated: NotRequired[str]


class CheckPoint(TypedDict):
    """One line of a checklist, ticked by the first and by the second person."""

    label: str
    note: str
    first: bool
    second: bool


class CheckForm(TypedDict):
    """`check.typ`, 送付前確認票 (第14条): what is sent, the checklist ticked twice, both people and times."""

    number: str  # 「確認 5」
    status: str
    date: str
    unit: str
    file_name: str
    file_number: str
    facts: list[NamedValue]
    points: list[CheckPoint]
    people: list[NamedValue]
    sent: NotRequired[list[NamedValue]]
    dated: NotRequired[str]


class LedgerLine(TypedDict):
    """One line of the 取扱台帳. `struck`: corrected by a later line, or only taking one back."""

    no: str
    file: str
    on: str
    kind: str
    purpose: str
    what: str
    how: str
    done_by: str
    entered: str
    correction: str
    struck: bool


class LedgerForm(TypedDict):
    """`ledger.typ`, 取扱台帳 (第15条), of one file (`title` is its name) or of a unit (`title` is empty)."""

    title: str
    unit: str
    period: str  # 「令和8年度」「全期間」
    printed: str
    count: str
    rows: list[LedgerLine]
    dated: NotRequired[str]


class RightsLine(TypedDict):
    """One line of the 権限一覧."""

    name: str
    unit: str
    rights: str
    ground: str
    purpose: str
    until: str
    last_used: str


class RightsForm(TypedDict):
    """`rights.typ`, 権限一覧 (第11条第1項): who could do what with a file at a moment."""

    title: str
    number: str
    unit: str
    moment: str  # 「令和8年11月26日現在」「令和8年4月1日の終わり」
    printed: str
    count: str
    rows: list[RightsLine]
    dated: NotRequired[str]


class DisposalCertificate(TypedDict):
    """`disposal.typ`, 媒体処分証明書 (第15条), of one medium disposed of. `sender`: 保護責任者 when printed."""

    number: str  # 「媒体番号12」
    date: str
    sender: Office
    file_name: str
    file_number: str
    label: str
    medium: str
    count: str
    place: str
    retention: str
    completed_on: str
    keep_until: str
    disposed_on: str
    way: str
    disposed_by: str
    witness: str
    certificate: str
    early_reason: str
    recorded: str  # 「試験 担当（税務課　保護担当者）令和8年11月23日」
    dated: NotRequired[str]


class DisposedMedium(TypedDict):
    """One medium of those disposed of together. `early`: before the end of its retention."""

    no: str
    file: str
    label: str
    medium: str
    place: str
    retention: str
    early: bool


class JointDisposalCertificate(TypedDict):
    """`disposals.typ`, 媒体処分証明書 (第15条), of media disposed of together with one proof."""

    number: str  # 「まとめて処分3」
    date: str
    sender: Office
    count: str
    disposed_on: str
    way: str
    disposed_by: str
    witness: str
    certificate: str
    early_reason: str
    recorded: str
    rows: list[DisposedMedium]
    dated: NotRequired[str]
