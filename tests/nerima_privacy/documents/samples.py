"""Data for each official form, complete and plain."""

from typing import Any

from nerima_privacy.documents.forms import (
    CeaseForm,
    CheckForm,
    DisposalCertificate,
    FilingForm,
    FormCell,
    HandlingForm,
    JointDisposalCertificate,
    Office,
    RegisterEntry,
    ResultNotice,
)

LABELS = [
    ("個人情報ファイルの名称", "特別区民税・都民税課税台帳"),
    ("行政機関等の名称", "練馬区長"),
    ("個人情報ファイルが利用に供される事務をつかさどる組織の名称", "区民部 税務課"),
    ("個人情報ファイルの利用目的", "特別区民税・都民税の賦課および徴収に利用する。"),
    ("記録項目", "1氏名、2住所、3生年月日、4個人番号、5所得の額"),
    ("記録範囲", "1月1日に区内に住所を有する者"),
    ("記録情報の収集方法", "本人からの申告書、給与支払報告書"),
    ("要配慮個人情報が含まれるときは、その旨", "含む"),
    ("条例要配慮個人情報が含まれるときは、その旨", "含まない"),
    ("記録情報の経常的提供先", "東京都、国税庁"),
    (
        "開示請求等を受理する組織の名称および所在地",
        "（名称）総務部 情報公開課　（所在地）東京都練馬区豊玉北6丁目12番1号",
    ),
    ("訂正および利用停止に関する他の法令の規定による特別の手続等", "―"),
    ("個人情報ファイルの種別", "法第60条第2項第1号（電算処理ファイル）"),
    ("令第21条第7項に該当するファイル", "有"),
    ("行政機関等匿名加工情報の提案の募集をする個人情報ファイルである旨", "非該当"),
    ("行政機関等匿名加工情報の提案を受ける組織の名称および所在地", "―"),
    ("行政機関等匿名加工情報の概要", "―"),
    ("作成された行政機関等匿名加工情報に関する提案を受ける組織の名称および所在地", "―"),
    ("作成された行政機関等匿名加工情報に関する提案をすることができる期間", "―"),
    ("備考", "―"),
]
CELLS: list[FormCell] = [
    {"no": number, "label": label, "value": value} for number, (label, value) in enumerate(LABELS, start=1)
]
MANAGER: Office = {"unit": "区民部 税務課", "post": "税務課長", "name": "練馬　太郎"}
DISCLOSURE: Office = {"unit": "総務部", "post": "情報公開課長", "name": "石神井　花子"}


def cells(**values: str) -> list[FormCell]:
    """The cells with some values replaced: `cells(c5="…")`."""
    return [{**cell, "value": values.get(f"c{cell['no']}", cell["value"])} for cell in CELLS]


def register_entry(**changes: Any) -> RegisterEntry:
    entry: Any = {"cells": CELLS, "published": "令和8年11月23日", "edition": "第3版", "dated": "2026-11-23"}
    return entry | changes


def filing(**changes: Any) -> FilingForm:
    form: Any = {
        "kind": "new",
        "number": "R8-0123",
        "date": "令和8年11月23日",
        "to": "情報公開課長",
        "sender": MANAGER,
        "file_name": "特別区民税・都民税課税台帳",
        "file_number": "F-000123",
        "planned": "令和9年4月1日",
        "already_done": False,
        "late": False,
        "late_reason": "",
        "cells": CELLS,
        "dated": "2026-11-23",
    }
    return form | changes


def change(**changes: Any) -> FilingForm:
    compared = [
        {"no": cell["no"], "label": cell["label"], "old": cell["value"], "new": cell["value"], "changed": False}
        for cell in CELLS
    ]
    compared[4] |= {"new": "1氏名、2住所、3生年月日、4個人番号、5所得の額、6電子メールアドレス", "changed": True}
    return filing(kind="change", changes=compared, **changes)


def result(**changes: Any) -> ResultNotice:
    notice: Any = {
        "document_number": "8練総情第1450号",
        "date": "令和8年12月10日",
        "to": MANAGER,
        "sender": DISCLOSURE,
        "filing_number": "R8-0123",
        "filed_on": "令和8年11月23日",
        "kind_label": "保有の届出",
        "file_name": "特別区民税・都民税課税台帳",
        "proposed": True,
        "reason": "新たに収集する項目があるため。",
        "council": {"held_on": "令和8年12月5日", "opinion": "適当と認める。"},
        "result": "条件・意見を付す",
        "conditions": "1　提供先を年度ごとに確認すること。\n2　項目を増やすときは、あらかじめ届け出ること。",
        "dated": "2026-12-10",
    }
    return notice | changes


def cease(**changes: Any) -> CeaseForm:
    form: Any = {
        "number": "R8-0130",
        "date": "令和8年11月23日",
        "to": "情報公開課長",
        "sender": MANAGER,
        "file_name": "粗大ごみ受付記録",
        "file_number": "F-000130",
        "held_from": "平成25年4月1日",
        "ceased_on": "令和8年10月31日",
        "late": True,
        "late_reason": "事業終了後の確認に日数を要したため。",
        "disposal": "消去・廃棄",
        "disposed_on": "令和8年11月15日",
        "disposal_note": "委託先から消去証明書を受領",
        "dated": "2026-11-23",
    }
    return form | changes


def handling(**changes: Any) -> HandlingForm:
    form: Any = {
        "title": "保有個人情報の取扱いに関する申請書（許可書）",
        "number": "申請 12",
        "draft": False,
        "status": "許可",
        "date": "令和8年11月23日",
        "to": {"unit": "区民部 税務課", "post": "保護責任者", "name": ""},
        "sender": {"unit": "区民部 税務課", "post": "", "name": "練馬　次郎"},
        "file_name": "特別区民税・都民税課税台帳",
        "file_number": "F-000001",
        "parts": [{"title": "申請の内容", "rows": [{"label": "行為", "value": "媒体の持出し"}]}],
        "dated": "2026-11-23",
    }
    return form | changes


def check(**changes: Any) -> CheckForm:
    form: Any = {
        "number": "確認 5",
        "status": "二人で確認済み",
        "date": "令和8年11月23日 10時30分",
        "unit": "区民部 税務課",
        "file_name": "特別区民税・都民税課税台帳",
        "file_number": "F-000001",
        "facts": [{"label": "送る方法", "value": "郵送・交換便"}],
        "points": [
            {"label": "宛名と住所を、元の資料と見くらべた", "note": "窓空き封筒を含む", "first": True, "second": True}
        ],
        "people": [{"label": "一人目", "value": "練馬　次郎"}, {"label": "二人目", "value": "石神井　花子"}],
        "dated": "2026-11-23",
    }
    return form | changes


def disposal(**changes: Any) -> DisposalCertificate:
    form: Any = {
        "number": "媒体番号12",
        "date": "令和8年11月23日",
        "sender": MANAGER,
        "file_name": "課税台帳（特別区民税・都民税）",
        "file_number": "F-00002",
        "label": "平成29年度 申告書綴り（1–9）",
        "medium": "紙",
        "count": "9点",
        "place": "別館地下 書庫3",
        "retention": "5年",
        "completed_on": "平成30年2月22日",
        "keep_until": "令和5年3月31日",
        "disposed_on": "令和8年11月12日",
        "way": "溶解",
        "disposed_by": "（模擬）区内文書処理センター",
        "witness": "",
        "certificate": "溶解証明第118号",
        "early_reason": "",
        "recorded": "例田 花子（税務課　保護担当者）　令和8年11月12日",
        "dated": "2026-11-23",
    }
    return form | changes


def disposals(**changes: Any) -> JointDisposalCertificate:
    row = {"no": "24", "file": "課税台帳（F-00002）", "label": "給与支払報告書綴り（19）", "medium": "紙　1点"}
    row |= {"place": "別館地下 書庫3", "retention": "5年　令和6年3月31日", "early": False}
    form: Any = {
        "number": "まとめて処分3",
        "date": "令和8年11月23日",
        "sender": MANAGER,
        "count": "2件",
        "disposed_on": "令和8年11月12日",
        "way": "溶解",
        "disposed_by": "（模擬）区内文書処理センター",
        "witness": "",
        "certificate": "溶解証明第131号",
        "early_reason": "様式の変更のため",
        "recorded": "例田 花子（税務課　保護担当者）　令和8年11月12日",
        "rows": [row, row | {"no": "25", "early": True}],
        "dated": "2026-11-23",
    }
    return form | changes
