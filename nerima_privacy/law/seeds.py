"""The first value of each key, in force from 令和5年4月1日, the day the guideline came into force.

`established` is True only where the text of a law in force, or of the guideline, was read. The others are the
product's proposals and say so on screen until an administrator confirms them. A released seed is never edited: a
value changes by a new row with its own dates.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

IN_FORCE = date(2023, 4, 1)
UNKNOWN = "区の値は確かめられていません。一般的な例による仮の値です。"
OWN = "日数の定めはありません。運用の目安として置いた値です。"


@dataclass(frozen=True)
class Seed:
    """A value with where it comes from."""

    key: str
    value: Any
    source: str
    established: bool = False
    note: str = ""


def _rows(*rows: tuple[str, str, str], third: str = "note") -> list[dict[str, str]]:
    return [{"code": code, "label": label, third: text} for code, label, text in rows]


ANSWERS = [
    {"code": "stopped", "label": "アカウントを停止した"},
    {"code": "deleted", "label": "アカウントを削除した"},
    {"code": "narrowed", "label": "権限を縮小した"},
    {"code": "granted", "label": "アクセス権を申請し、許可を受けた"},
    {"code": "kept", "label": "業務上必要なので残す", "needs": "until"},
    {"code": "no_problem", "label": "誤り、または調査の結果問題がなかった", "needs": "reason"},
]
EXEMPTIONS = _rows(
    ("ch5", "法第5章の適用を受けない機関（議会）の保有するファイル", "法第2条第11項第2号"),
    ("74-2-1", "国の安全等に関する事項を記録するファイル", "法第74条第2項第1号"),
    ("74-2-2", "犯罪捜査・租税犯則事件の調査等のためのファイル", "法第74条第2項第2号"),
    ("74-2-3", "職員の人事・給与・福利厚生等のファイル", "法第74条第2項第3号"),
    ("74-2-4", "試験的な電算処理のためのファイル", "法第74条第2項第4号"),
    ("74-2-5", "通知・公表済みのファイルの一部を記録するファイル", "法第74条第2項第5号"),
    ("74-2-6", "1年以内に消去する個人情報だけを記録するファイル", "法第74条第2項第6号"),
    ("74-2-7", "送付・連絡のための氏名・住所等だけを記録するファイル", "法第74条第2項第7号"),
    ("74-2-8", "職員が学術研究のため作成・取得したファイル", "法第74条第2項第8号"),
    ("74-2-9", "本人の数が政令で定める数に満たないファイル", "法第74条第2項第9号"),
    ("74-2-10", "政令で定めるファイル", "法第74条第2項第10号"),
    ("75-2-2", "公表済みのファイルの一部を記録するファイル", "法第75条第2項第2号"),
    ("21-7", "電算処理ファイルに付随するマニュアル処理ファイル", "令第21条第7項"),
    ("75-3", "掲載により事務の適正な遂行に著しい支障が生ずるファイル", "法第75条第3項"),
    third="article",
)
CONFIDENTIALITY = _rows(
    ("3a", "自治体機密性3A", "秘密文書に相当するもの"),
    ("3b", "自治体機密性3B", "漏えい等により個人の権利利益や事務に大きな影響があるもの"),
    ("3c", "自治体機密性3C", "3Bに至らないが、公表を前提としないもの"),
    ("2", "自治体機密性2", "直ちに一般に公表することを前提としないもの"),
    ("1", "自治体機密性1", "公表してよいもの"),
)
RETENTION = _rows(
    ("long", "長期", "10年を超えて保存"),
    ("10", "10年", "完結した年度の翌年度の4月1日から数える"),
    ("5", "5年", "完結した年度の翌年度の4月1日から数える"),
    ("3", "3年", "完結した年度の翌年度の4月1日から数える"),
    ("1", "1年", "完結した年度の翌年度の4月1日から数える"),
    ("asneeded", "随時廃棄", "事務処理上必要な期間"),
)
_ACTS = ("copy", "send", "send_out", "take_out", "other")


def _levels(**rows: str) -> dict[str, dict[str, str]]:
    """Class → act → level; e, s and n stand for each, standing and note, in the order of the acts."""
    words = {"e": "each", "s": "standing", "n": "note"}
    return {
        code.removeprefix("c"): dict(zip(_ACTS, (words[letter] for letter in letters), strict=True))
        for code, letters in rows.items()
    }


REQUIREMENTS = _levels(c3a="eeeee", c3b="seeee", c3c="nssse", c2="nnsss", c1="nnnnn")
MEDIA = _rows(
    ("paper", "紙", "帳票、写し、名簿など"),
    ("usb", "USBメモリー", "区が管理するものに限る"),
    ("drive", "外付けハードディスク・SSD", ""),
    ("disc", "CD・DVD", ""),
    ("laptop", "ノートパソコン・タブレット", "本体に保存して持ち出すとき"),
    ("phone", "スマートフォン・カメラ", "写真や録音を含む"),
    ("server", "サーバー・共有フォルダー", "庁内の別の場所に写すとき"),
    ("other", "その他", ""),
)
CHECKLISTS = {
    "mail": _rows(
        ("address", "宛先（To・Cc・Bcc）を、名簿などの元の資料と1字ずつ見くらべた", ""),
        ("bcc", "たがいに知らない人に送るときは、Bcc に入れた", "一人だけに送るときも、確かめたとして印をつける"),
        ("file", "添付ファイルを開き、送る内容だけが入っていることを見た", "別シート、非表示の列、前の履歴を含む"),
        ("lock", "暗号化し、パスワードは別の方法で伝える", "暗号化しない許可を得たときは、その許可を確かめた"),
        ("scope", "許可された記録項目と本人の数をこえていない", ""),
    ),
    "fax": _rows(
        ("number", "ファクス番号を、元の資料と1字ずつ見くらべた", ""),
        ("call", "送る前に相手に電話し、受け取る人がいることを確かめた", ""),
        ("pages", "送る紙の枚数と内容を確かめ、ほかの紙がまじっていない", ""),
        ("cover", "送付票に、宛先・枚数・担当を書いた", ""),
        ("scope", "許可された記録項目と本人の数をこえていない", ""),
    ),
    "web": _rows(
        ("names", "氏名、顔、番号など、本人が分かるものが残っていない", "写真の背景、ファイルの属性を含む"),
        ("hidden", "黒塗りの下、非表示の列、コメント、変更の履歴が残っていない", ""),
        ("place", "載せる場所と公開の範囲、公開の日時が正しい", ""),
        ("view", "公開前の画面を、ふだん使わない端末や権限で開いて見た", ""),
        ("scope", "許可された範囲をこえていない", ""),
    ),
    "post": _rows(
        ("address", "宛名と住所を、元の資料と見くらべた", ""),
        ("match", "封筒の宛名と中身が、1通ずつ同じ人のものである", ""),
        ("count", "作った数と封をする数が同じで、余りも不足もない", ""),
        ("window", "窓空き封筒から、宛名のほかが見えない", ""),
        ("trace", "追跡できる方法を使うときは、その番号をひかえた", "使わないときも、方法が許可のとおりか確かめた"),
    ),
    "hand_over": _rows(
        ("who", "受け取る人が本人または正当な受取人であることを、書類で確かめた", ""),
        ("content", "渡すものがその人のものであることを、開いて確かめた", ""),
        ("count", "渡す数と内容を、受け取る人と一緒に確かめる", ""),
        ("receipt", "受領の署名などを受け取る用意がある", ""),
        ("scope", "許可された記録項目と本人の数をこえていない", ""),
    ),
}
CHECKLIST_NOTE = "区の様式は確かめられていません。誤送付の事例に共通する確認を並べた仮の値です。"
AGREEMENT_TOPICS = _rows(
    ("accounts", "アカウントの管理", "登録・変更・削除をだれがだれに求め、いつ点検するか"),
    ("logs", "ログの取得と点検", "なにを記録し、どれだけ残し、だれがいつ点検するか"),
    ("backups", "バックアップ", "なにをいつ写し、どこに置き、戻せることをどう確かめるか"),
    ("leavers", "異動・退職時の扱い", "だれがいつまでに知らせ、アカウントをいつ止めるか"),
)
RETENTION_YEARS = [
    {"code": code, "years": years}
    for code, years in (("long", 0), ("10", 10), ("5", 5), ("3", 3), ("1", 1), ("asneeded", 0))
]
_HANDED_ON = ["moved", "copied", "provided", "received", "returned", "erased"]
LEDGER = [
    {
        "code": "3a",
        "kinds": ["used", "stored", *_HANDED_ON, "checked"],
        "fields": ["purpose", "scope", "persons", "medium", "place", "method", "witness"],
        "silent_days": 31,
    },
    {
        "code": "3b",
        "kinds": ["used", "stored", *_HANDED_ON, "checked"],
        "fields": ["purpose", "persons", "medium", "place", "method"],
        "silent_days": 92,
    },
    {"code": "3c", "kinds": [*_HANDED_ON, "checked"], "fields": ["purpose", "medium", "place"], "silent_days": 183},
    {"code": "2", "kinds": ["provided", "erased", "checked"], "fields": ["purpose"], "silent_days": 366},
    {"code": "1", "kinds": ["erased"], "fields": [], "silent_days": 0},
]
VERIFICATION = [
    {"code": "3a", "ways": ["source", "before_after", "existing"], "days": 92},
    {"code": "3b", "ways": ["source"], "days": 183},
    {"code": "3c", "ways": ["source"], "days": 366},
    {"code": "2", "ways": [], "days": 0},
    {"code": "1", "ways": [], "days": 0},
]
CHANGE_CELLS = [
    "name",
    "organ",
    "unit",
    "purpose",
    "items",
    "scope",
    "collection",
    "sensitive",
    "recipients",
    "desk_name",
    "desk_address",
    "special_procedure",
    "processing",
    "manual_twin",
]
_ARTICLE_44 = "規則第44条の条文は確かめられていません。同じ内容とみられる民間の規則第8条の値です。"

SEEDS = [
    Seed("register.min_persons", 1000, "法第74条第2項第9号に基づく政令（1,000人）", True),
    Seed(
        "register.exemptions",
        EXEMPTIONS,
        "法第74条第2項・第75条第2項および第3項、令第21条第7項",
        note="項目の要旨です。条文の全文は確かめられていません。",
    ),
    Seed("register.prompt_days", 14, "令第21条（直ちに・遅滞なく）", note=OWN),
    Seed(
        "filing.change_cells",
        CHANGE_CELLS,
        "指針第10条第1項、練馬区規則第21条第1号",
        note="規則第21条第1号の内容は確かめられていません。個人情報ファイル簿の1～8欄および10～14欄としています。",
    ),
    Seed("filing.review_days", 30, "指針第10条第2項", note=OWN),
    Seed("filing.cease_prompt_days", 14, "指針第10条第3項（速やかに）", note=OWN),
    Seed(
        "ordinance_sensitive.designated",
        False,
        "法第60条第5項",
        note="区の条例が定めているかどうかは確かめられていません。定めがないものとしています。",
    ),
    Seed("access.longest_days", 1096, "指針第11条第1項（必要最小限の範囲）", note=OWN),
    Seed("access.purpose_classes", ["3a", "3b"], "指針第11条第3項（業務上の目的）", note=UNKNOWN),
    Seed("access.opening_minutes", 60, "指針第11条第3項", note=OWN.replace("日数", "時間")),
    Seed("access.review_months", 12, "指針第11条第1項", note=OWN),
    Seed("access.review_days", 60, "指針第11条第1項", note=OWN),
    Seed("access.suspend_after_days", 30, "指針第11条第1項", note=OWN),
    Seed("access.unused_days", 180, "指針第11条第1項（必要最小限の範囲）", note=OWN),
    Seed("access.ending_days", 30, "指針第11条第1項", note=OWN),
    Seed(
        "confidentiality.classes",
        CONFIDENTIALITY,
        "総務省のガイドライン（令和6年10月改定）の自治体機密性",
        note=UNKNOWN,
    ),
    Seed("retention.classes", RETENTION, "特別区で一般的な保存年限の区分", note=UNKNOWN),
    Seed(
        "retention.years",
        RETENTION_YEARS,
        "保存年限の区分の名称による",
        note="区の文書保存年限設定基準は確かめられていません。区分の名称のとおりの年数としています。",
    ),
    Seed("storage.look_ahead_days", 90, "指針第15条", note=OWN),
    Seed(
        "ledger.classes",
        LEDGER,
        "指針第15条（秘匿性等その内容に応じて）",
        note="何をどこまで記録するかの定めはありません。秘匿性の高いものほど細かく記録する、運用の目安です。",
    ),
    Seed(
        "verification.classes",
        VERIFICATION,
        "指針第17条（重要度に応じて）",
        note="どの照合をどのくらいの間隔で行うかの定めはありません。秘匿性の区分を重要度とみなした、運用の目安です。",
    ),
    Seed(
        "system.agreement_topics",
        AGREEMENT_TOPICS,
        "指針第5条第4項（情報システムの管理者と連携して）",
        note="連携して行う事項の定めはありません。一般的な安全管理措置から選んだ仮の並びです。",
    ),
    Seed("system.agreement_months", 12, "指針第5条第4項", note=OWN.replace("日数", "月数")),
    Seed("accounts.interval_days", 183, "指針第11条第1項（必要最小限の範囲）", note=OWN),
    Seed("accounts.ahead_days", 30, "指針第11条第1項", note=OWN),
    Seed("accounts.answer_days", 30, "指針第11条第1項", note=OWN),
    Seed("accounts.answers", ANSWERS, "指針第11条第1項", note="答えの定めはありません。運用の例として置いたものです。"),
    Seed("breach.many_persons", 100, "規則第43条第4号（100人を超える）", True),
    Seed("breach.prompt_days", [3, 5], "個人情報保護委員会のガイドライン（概ね3～5日以内）", True),
    Seed("breach.final_days", 30, "規則第44条第2項", note=_ARTICLE_44),
    Seed("breach.wrongful_final_days", 60, "規則第44条第2項", note=_ARTICLE_44),
    Seed(
        "breach.count_first_day",
        True,
        "個人情報保護委員会のガイドライン",
        note="確かめられていません。期限が早くなる方（知った日を1日目と数える）としています。",
    ),
    Seed(
        "breach.final_rolls_over",
        True,
        "個人情報保護委員会のガイドライン",
        note="土曜日・日曜日・祝日および12月29日～1月3日に当たるとき。条文は確かめられていません。",
    ),
    Seed("outsourcing.check_per_year", 1, "指針第20条第3項（年1回以上）", True),
    Seed(
        "audit.eligible_titles",
        ["部長", "室長", "課長", "所長", "館長", "事務局長"],
        "指針第7条第2項（部長または課長）",
        note="室・事務局・所などの長を含めてよいかは確かめられていません。第2条第2項の部と課に合わせています。",
    ),
    Seed("audit.interval_years", 1, "区が定める（指針第24条）", note=UNKNOWN),
    Seed("audit.longest_days", 366, "区が定める（指針第24条）", note=OWN),
    Seed("reminder.offsets", [-7, -3, -1, 0], "指針第3条第3項", note=OWN),
    Seed("reminder.overdue_every", 7, "指針第3条第3項", note=OWN),
    Seed("reminder.escalate_after", 14, "指針第4条第3項", note=OWN),
    Seed("board.soon_days", 7, "指針第3条第3項・第4条第3項", note=OWN),
    Seed("seats.look_ahead_days", 14, "指針第3条から第7条まで", note=OWN),
    Seed("seats.ending_days", 30, "指針第3条から第7条まで", note=OWN),
    Seed("filing.look_ahead_days", 14, "指針第10条第1項（あらかじめ）", note=OWN),
    Seed("handling.requirements", REQUIREMENTS, "指針第12条（秘匿性等その内容に応じて）", note=UNKNOWN),
    Seed("handling.media", MEDIA, "指針第12条第3号", note=UNKNOWN),
    Seed("handling.decide_days", 3, "指針第12条", note=OWN),
    Seed("handling.standing_days", 366, "指針第12条（必要最小限）", note=OWN),
    Seed("handling.step_up_days", 7, "指針第12条・第4条第3項", note=OWN),
    Seed("sending.confirm_days", 1, "指針第14条", note=OWN),
    Seed("sending.send_days", 7, "指針第14条", note=OWN),
    *(
        Seed(f"sending.checklist_{channel}", rows, "指針第14条（チェックリストの活用）", note=CHECKLIST_NOTE)
        for channel, rows in CHECKLISTS.items()
    ),
    Seed(
        "calendar.closing_days",
        ["12-29", "12-30", "12-31", "01-01", "01-02", "01-03"],
        "地方自治法第4条の2、区の休日条例",
        note="区の休日条例の条文は確かめられていません。",
    ),
    Seed("calendar.day_changes", [], "国民の祝日に関する法律", True, "臨時の変更はありません。"),
]


def fill(parameters: Any, histories: Any) -> list[str]:
    """Give each key that has no row its first value, with its history; answers the keys filled.

    Takes model classes, because a migration hands in those of its own moment.
    """
    from django.utils import timezone

    there = set(parameters.objects.values_list("key", flat=True))
    missing = [seed for seed in SEEDS if seed.key not in there]
    for seed in missing:
        facts = {
            "key": seed.key,
            "value": seed.value,
            "valid_from": IN_FORCE,
            "source": seed.source,
            "established": seed.established,
            "note": seed.note,
        }
        row = parameters(**facts)
        row.skip_history_when_saving = True
        row.save()
        histories.objects.create(
            id=row.pk,
            **facts,
            history_date=timezone.now(),
            history_type="+",
            history_change_reason="最初の値",
        )
    return [seed.key for seed in missing]
