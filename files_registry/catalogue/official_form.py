"""The cells of the 個人情報ファイル簿（単票） in the order of the form, and the internal fields below it.

The one place that knows what a cell is called, which form field holds it, and when it must be filled in. Whether a
change of a cell needs a notification (第10条第1項) is data: law parameter `filing.change_cells`. What a version says in
each cell, and how two versions differ: cells.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from files_registry.catalogue.models import FileVersion, ProcessingKind
from nerima_privacy.law.parameters import parameter

NONE = "―"


@dataclass(frozen=True)
class Cell:
    """One cell. `required` means required to file, never to draft; `when` narrows it to versions it applies to.

    `fields` are the model fields that make up the cell: only the desk of cell 11 has two. `no` is None for internal
    fields, which are never printed.
    """

    no: int | None
    field: str
    label: str
    article: str
    required: bool = False
    printed: bool = True
    hint: str = ""
    example: str = ""
    more_fields: tuple[str, ...] = ()
    is_list: bool = False
    when: Callable[[FileVersion], bool] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Every model field of the cell."""
        return (self.field, *self.more_fields)

    def applies(self, version: FileVersion) -> bool:
        """Whether this version must say something here."""
        return self.when is None or self.when(version)


def ordinance_designated(on: date | None = None) -> bool:
    """Whether the ward's ordinance designates 条例要配慮個人情報 (法第60条第5項)."""
    try:
        return bool(parameter("ordinance_sensitive.designated", on))
    except LookupError:
        return False


def _designated(version: FileVersion) -> bool:
    return ordinance_designated()


def _computerised(version: FileVersion) -> bool:
    return version.processing == ProcessingKind.COMPUTERISED


def _open_to_proposals(version: FileVersion) -> bool:
    return bool(version.open_to_proposals)


CELLS: list[Cell] = [
    Cell(
        1,
        "name",
        "個人情報ファイルの名称",
        "法第74条第1項第1号",
        required=True,
        hint="事務の内容がわかる名称にしてください。ほかのファイルと同じ名称は使えません。",
        example="課税台帳（特別区民税・都民税）",
    ),
    Cell(
        2,
        "organ",
        "行政機関等の名称",
        "法第74条第1項第2号",
        required=True,
        hint="ファイルを保有する実施機関等です。",
        example="練馬区長",
    ),
    Cell(
        3,
        "unit",
        "個人情報ファイルが利用に供される事務をつかさどる組織の名称",
        "法第74条第1項第2号",
        required=True,
        hint="所管の課または学校です。",
        example="区民部 税務課",
    ),
    Cell(
        4,
        "purpose",
        "個人情報ファイルの利用目的",
        "法第74条第1項第3号",
        required=True,
        hint="何の事務に、どのように使うかを、区民にわかる言葉で書いてください。",
        example="特別区民税および都民税の賦課に関する事務に利用する。",
    ),
    Cell(
        5,
        "items",
        "記録項目",
        "法第74条第1項第4号",
        required=True,
        is_list=True,
        hint="1行に1項目ずつ書いてください。番号は自動でつきます。",
        example="氏名\n生年月日\n住所",
    ),
    Cell(
        6,
        "scope",
        "記録範囲",
        "法第74条第1項第4号",
        required=True,
        hint="だれの記録か、いつからの記録かを書いてください。",
        example="賦課期日に区内に住所を有する者",
    ),
    Cell(
        7,
        "collection",
        "記録情報の収集方法",
        "法第74条第1項第5号",
        required=True,
        hint="だれから、どの方法で集めるかを書いてください。",
        example="本人または代理人からの申告、支払者からの報告書",
    ),
    Cell(
        8,
        "sensitive",
        "要配慮個人情報が含まれるときは、その旨",
        "法第74条第1項第6号",
        required=True,
        hint="病歴、障害、健康診断の結果、犯罪の経歴などを含むときは「含む」です。",
        example="含まない",
    ),
    Cell(
        9,
        "ordinance_sensitive",
        "条例要配慮個人情報が含まれるときは、その旨",
        "法第75条第4項",
        required=True,
        when=_designated,
        hint="条例で定めた項目があるときだけ答えます。",
        example="含まない",
    ),
    Cell(
        10,
        "recipients",
        "記録情報の経常的提供先",
        "法第74条第1項第7号",
        is_list=True,
        hint="いつも提供している相手を1行に1つずつ書いてください。ないときは空けると「―」になります。",
        example="東京都\n地方税共同機構",
    ),
    Cell(
        11,
        "desk_name",
        "開示請求等を受理する組織の名称及び所在地",
        "法第74条第1項第9号",
        required=True,
        more_fields=("desk_address",),
        hint="開示・訂正・利用停止の請求を受け付ける組織です。",
        example="総務部 情報公開課",
    ),
    Cell(
        12,
        "special_procedure",
        "訂正及び利用停止に関する他の法令の規定による特別の手続等",
        "法第74条第1項第10号",
        hint="ほかの法令に手続があるときだけ書いてください。ないときは空けると「―」になります。",
        example="地方税法第20条の9の3（更正の請求）",
    ),
    Cell(
        13,
        "processing",
        "個人情報ファイルの種別",
        "令第21条第6項第1号",
        required=True,
        hint="コンピューターで検索できるものは第1号、紙で索引などにより探せるものは第2号です。",
        example="法第60条第2項第1号（電算処理ファイル）",
    ),
    Cell(
        14,
        "manual_twin",
        "令第21条第7項に該当するファイル",
        "令第21条第6項第2号",
        required=True,
        when=_computerised,
        hint="同じ利用目的・記録範囲の紙のファイルがあれば「有」です。",
        example="無",
    ),
    Cell(
        15,
        "open_to_proposals",
        "行政機関等匿名加工情報の提案の募集をする個人情報ファイルである旨",
        "法第110条第1号",
        required=True,
        hint="提案の募集をしていないときは「非該当」です。",
        example="非該当",
    ),
    Cell(
        16,
        "proposal_desk",
        "行政機関等匿名加工情報の提案を受ける組織の名称及び所在地",
        "法第110条第2号",
        required=True,
        when=_open_to_proposals,
        example="総務部 情報公開課　練馬区豊玉北6-12-1",
    ),
    Cell(17, "anonymised_summary", "行政機関等匿名加工情報の概要", "法第117条", when=_open_to_proposals),
    Cell(
        18,
        "anonymised_desk",
        "作成された行政機関等匿名加工情報に関する提案を受ける組織の名称及び所在地",
        "法第117条",
        when=_open_to_proposals,
    ),
    Cell(
        19,
        "anonymised_period",
        "作成された行政機関等匿名加工情報に関する提案をすることができる期間",
        "法第117条",
        when=_open_to_proposals,
    ),
    Cell(20, "remarks", "備考", "個人情報ファイル簿（単票）"),
]

INTERNAL: list[Cell] = [
    Cell(
        None,
        "persons",
        "本人の数",
        "法第74条第2項第9号",
        required=True,
        printed=False,
        hint="おおよその人数です。公表の要否の判断に使い、公表はされません。",
        example="350000",
    ),
    Cell(None, "persons_as_of", "本人の数の時点", "法第74条第2項第9号", printed=False, example="令和8年4月1日"),
    Cell(
        None,
        "my_number",
        "特定個人情報ファイル",
        "第10条第1項",
        required=True,
        printed=False,
        hint="個人番号（マイナンバー）を含むときは「はい」です。",
    ),
    Cell(
        None,
        "assessment_number",
        "特定個人情報保護評価書番号",
        "番号法第28条",
        printed=False,
        when=lambda version: bool(version.my_number),
        example="12",
    ),
    Cell(
        None,
        "confidentiality",
        "秘匿性の区分",
        "第11条第1項",
        required=True,
        printed=False,
        hint="アクセス権と取扱台帳の基準になります。",
    ),
    Cell(None, "retention", "保存年限", "第18条", printed=False, example="5年"),
    Cell(None, "media", "媒体", "第10条第1項", printed=False, example="サーバー、紙"),
    Cell(
        None,
        "system_name",
        "情報システム",
        "第5条第4項",
        printed=False,
        when=_computerised,
        example="税務システム",
    ),
    Cell(None, "outsourced", "委託の有無", "第20条", printed=False),
    Cell(None, "abroad", "外国での取扱いの有無", "第16条", printed=False),
    Cell(
        None,
        "parent_file",
        "親となるファイル",
        "法第75条第2項第2号・令第21条第7項",
        printed=False,
        hint="公表しているファイルの一部のとき、または同じ目的の紙のファイルのときに選びます。",
    ),
]

ALL_CELLS: list[Cell] = [*CELLS, *INTERNAL]
BY_FIELD: dict[str, Cell] = {field: cell for cell in ALL_CELLS for field in cell.fields}
FORM_FIELDS: list[str] = [field for cell in ALL_CELLS for field in cell.fields]


def lines(text: str) -> list[str]:
    """The items of a list cell, one a line, blank lines dropped."""
    return [line.strip() for line in text.splitlines() if line.strip()]
