"""Every key there is: what it is called, what it holds, in what unit, and which article it serves.

The first value of each, with its source, is in `seeds.py`. An area that owns names a key lists hands them in with
`offer()` from its `AppConfig.ready()`.
"""

from dataclasses import dataclass
from typing import Any

from nerima_privacy.law.shapes import (
    DayChanges,
    Flag,
    Levels,
    MonthDays,
    Names,
    Number,
    Offsets,
    PerClass,
    Rows,
    Shape,
    Span,
)


@dataclass(frozen=True)
class Key:
    """One parameter. `article` is what it comes from or serves; `holds` is shown as help in the admin."""

    name: str
    title: str
    holds: str
    article: str
    shape: Shape
    unit: str = ""


_DAYS = Number(1, 3660, "30")
_ALL = [
    Key(
        "register.min_persons",
        "個人情報ファイル簿に載せる本人の数",
        "本人の数がこの数に満たないファイルは、公表する個人情報ファイル簿に載せなくてよい。届出（第10条）には関係しない。",
        "法第74条第2項第9号・第75条第2項第1号",
        Number(),
        "人",
    ),
    Key(
        "register.exemptions",
        "個人情報ファイル簿に載せない根拠",
        "code は記録に残る符号（変えない）、label は画面の文、article は条項。",
        "法第74条第2項・第75条第2項および第3項、令第21条第7項",
        Rows(("code", "label", "article"), ()),
    ),
    Key(
        "register.prompt_days",
        "個人情報ファイル簿の作成・修正・削除の目安",
        "「直ちに」「遅滞なく」に反映すべき変更を、この日数を過ぎると期限超過として知らせる。",
        "令第21条",
        _DAYS,
        "日",
    ),
    Key(
        "filing.change_cells",
        "変更の届出が必要な欄",
        "これらの欄を変えるときは、あらかじめ変更の届出が要る。欄の名前（英字）を並べる。",
        "第10条第1項（規則第21条第1号の事項）",
        Names(),
    ),
    Key(
        "filing.review_days",
        "検討結果の通知までの目安",
        "届出を受けてから、情報公開課長が検討の結果を通知するまでの目安。過ぎると期限超過として知らせる。",
        "第10条第2項",
        _DAYS,
        "日",
    ),
    Key(
        "filing.cease_prompt_days",
        "廃止の届出の「速やかに」の目安",
        "保有をやめた日からこの日数を過ぎた届出は、遅れた理由を求める。",
        "第10条第3項",
        _DAYS,
        "日",
    ),
    Key(
        "ordinance_sensitive.designated",
        "条例要配慮個人情報の定め",
        "区の条例が条例要配慮個人情報を定めているとき true。true のとき個人情報ファイル簿の9欄を使う。",
        "法第60条第5項・第75条第4項",
        Flag("定めがある", "定めがない"),
    ),
    Key(
        "system.agreement_topics",
        "情報システムの管理者と合意する事項",
        "保護責任者と情報システムの管理者が、システムごとに取り決める事項。どれか一つでも合意のないものは知らせる。"
        "code は記録に残る符号（変えない）、note は取り決める内容の例。",
        "第5条第4項",
        Rows(example='[{"code": "accounts", "label": "アカウントの管理", "note": "…"}]'),
    ),
    Key(
        "system.agreement_months",
        "情報システムの管理者との合意を見直すまでの月数",
        "合意の効力がはじまる日から、見直しの期限までの最長の月数。画面ははじめにこの月数の期限を示す。",
        "第5条第4項",
        Number(1, 120, "12"),
        "か月",
    ),
    Key(
        "access.longest_days",
        "アクセス権の最長の期間",
        "一つの許可で認められる期間の上限。これより長く要るときは、終わる前にあらためて申請する。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "access.purpose_classes",
        "開く目的を入力する秘匿性の区分",
        "これらの区分のファイルを開くときは、業務上の目的を入力する。区分の code を並べる。",
        "第11条第3項",
        Names(),
    ),
    Key(
        "access.opening_minutes",
        "一度開いたファイルを開いたままとする時間",
        "この時間のうちは目的をあらためて尋ねず、一回の閲覧として記録する。",
        "第11条第3項",
        Number(1, 1440, "60"),
        "分",
    ),
    Key(
        "access.review_months",
        "アクセス権の棚卸しの間隔",
        "年度のはじめ（4月1日）から数えて、この月数ごとにすべてのアクセス権を確かめる。",
        "第11条第1項",
        Number(1, 12, "12"),
        "か月",
    ),
    Key(
        "access.review_days",
        "アクセス権の棚卸しの期限",
        "棚卸しがはじまってから、保護責任者が確かめ終えるまでの日数。過ぎると期限超過として知らせる。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "access.suspend_after_days",
        "棚卸しの答えのないアクセス権を止めるまでの日数",
        "棚卸しの期限からこの日数を過ぎても答えのないアクセス権は、自動で停止する。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "access.unused_days",
        "使われていないアクセス権として知らせるまでの日数",
        "許可されてから、または最後に開いてからこの日数のあいだ使われていないアクセス権を、必要最小限を超えるものとして知らせる。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "access.ending_days",
        "アクセス権を「まもなく終わり」と示す日数",
        "終わりがこの日数のうちに来るアクセス権に「まもなく終わり」と示す。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "accounts.interval_days",
        "アカウントの突き合わせの間隔",
        "ファイルのある情報システムのアカウント一覧を、前回の基準日からこの日数のうちに、許可と突き合わせる。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "accounts.ahead_days",
        "アカウントの突き合わせを前もって知らせる日数",
        "突き合わせの期限の、この日数前から知らせる。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "accounts.answer_days",
        "突き合わせの指摘に答えるまでの日数",
        "突き合わせを記録した日からこの日数を過ぎても答えのない指摘を、期限超過として知らせる。",
        "第11条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "accounts.answers",
        "突き合わせの指摘への答え",
        "code は記録に残る符号（変えない）、label は画面の文。needs に reason と書くと理由を、"
        "until と書くと理由と期限を求める。期限のある答えは、その日まで次の突き合わせにも引き継ぐ。",
        "第11条第1項",
        Rows(("code", "label"), ("needs",), '[{"code": "kept", "label": "業務上必要なので残す", "needs": "until"}]'),
    ),
    Key(
        "confidentiality.classes",
        "秘匿性の区分",
        "ファイルの秘匿性を選ぶ区分。高い順に並べる。code は記録に残る符号（変えない）。",
        "第11条第1項ほか（秘匿性等その内容）",
        Rows(),
    ),
    Key(
        "retention.classes",
        "保存年限の区分",
        "ファイルの保存年限を選ぶ区分。code は記録に残る符号（変えない）。",
        "文書管理規程・文書保存年限設定基準",
        Rows(),
    ),
    Key(
        "retention.years",
        "保存年限の年数",
        "完結した日の属する年度の翌年度の4月1日から数える年数。0 は年数で数えない（長期・随時廃棄）。",
        "第15条（保管の状況）、文書管理規程",
        PerClass(numbers=("years",), labels={"years": "年数"}, example='[{"code": "5", "years": 5}]'),
        "年",
    ),
    Key(
        "storage.look_ahead_days",
        "保存期間の満了を前もって知らせる日数",
        "保存期間がこの日数のうちに満了する媒体を、処分の支度のために示す。",
        "第15条（保管の状況）",
        _DAYS,
        "日",
    ),
    Key(
        "ledger.classes",
        "取扱台帳に記録すること",
        "秘匿性の区分（code）ごとに、必ず記録する取扱い（kinds）、必ず書く欄（fields）、"
        "記録が途切れてよい日数（silent_days、0 は知らせない）。",
        "第15条（秘匿性等その内容に応じて）",
        PerClass(
            names=("kinds", "fields"),
            numbers=("silent_days",),
            labels={"kinds": "取扱い", "fields": "欄", "silent_days": "途切れてよい日数"},
            example='[{"code": "3a", "kinds": ["copied"], "fields": ["purpose"], "silent_days": 31}]',
        ),
        "日",
    ),
    Key(
        "verification.classes",
        "入力の照合",
        "秘匿性の区分（code）ごとに、必ず行う照合（ways）と、その間隔（days、0 は求めない）。"
        "電子計算機で処理するファイルだけに求める。",
        "第17条（重要度に応じて）",
        PerClass(
            names=("ways",),
            numbers=("days",),
            labels={"ways": "照合", "days": "間隔"},
            example='[{"code": "3a", "ways": ["source"], "days": 92}]',
        ),
        "日",
    ),
    Key(
        "breach.many_persons",
        "報告対象となる本人の数（超）",
        "漏えい等の本人の数がこの数を超えると（この数ちょうどは含まない）、個人情報保護委員会への報告対象となる。",
        "規則第43条第4号",
        Number(),
        "人",
    ),
    Key(
        "breach.prompt_days",
        "速報の目安",
        "知った日からの日数。目標の日と、遅くともの日。",
        "規則第44条第1項（「速やかに」）",
        Span(),
        "日",
    ),
    Key("breach.final_days", "確報の期限", "知った日からの日数。", "規則第44条第2項", _DAYS, "日"),
    Key(
        "breach.wrongful_final_days",
        "確報の期限（不正の目的によるおそれがあるとき）",
        "知った日からの日数。第3号が一つでも当たるときはこちらによる。",
        "規則第44条第2項・第43条第3号",
        _DAYS,
        "日",
    ),
    Key(
        "breach.count_first_day",
        "知った日を1日目と数える",
        "true のとき知った日を1日目とする。false のとき翌日を1日目とし、期限は1日遅くなる。",
        "規則第44条",
        Flag("1日目と数える", "翌日から数える"),
    ),
    Key(
        "breach.final_rolls_over",
        "確報の期限が閉庁日のとき翌開庁日とする",
        "速報の目安は、この値にかかわらず動かさない。",
        "規則第44条第2項",
        Flag("翌開庁日とする", "動かさない"),
    ),
    Key(
        "outsourcing.check_per_year",
        "委託先の確認の回数",
        "管理体制および管理状況を確認する、年度あたりの最少の回数。",
        "第20条第3項",
        Number(1, 366, "1"),
        "回",
    ),
    Key(
        "audit.eligible_titles",
        "監査責任者になれる職名",
        "部長または課長に当たる職名。所属の職名がこのどれかである人だけを監査責任者に任命できる。学校の職は含めない。",
        "第7条第2項",
        Names(example='["部長", "課長"]'),
    ),
    Key(
        "audit.interval_years",
        "定期の監査の間隔",
        "定期の監査を、少なくともこの年度数ごとに1回行う。行わないまま年度が終わると期限超過として知らせる。",
        "第24条",
        Number(1, 10, "1"),
        "年度",
    ),
    Key(
        "audit.longest_days",
        "監査の最長の期間",
        "一つの監査で承認を求められる期間の上限。これより長く要るときは、あらためて承認を求める。",
        "第24条",
        _DAYS,
        "日",
    ),
    Key(
        "reminder.offsets",
        "期限の前の知らせ",
        "期限の何日前（負の数）・当日（0）に知らせるか。",
        "第3条第3項",
        Offsets(),
    ),
    Key(
        "reminder.overdue_every",
        "期限超過の知らせの間隔",
        "期限を過ぎたものを、この日数ごとに知らせる。",
        "第3条第3項",
        _DAYS,
        "日",
    ),
    Key(
        "reminder.escalate_after",
        "上位の役割にも知らせるまでの日数",
        "期限をこの日数過ぎたものは、保護管理責任者等にも知らせる。",
        "第4条第3項",
        _DAYS,
        "日",
    ),
    Key(
        "board.soon_days",
        "状況一覧で期限が近いとする日数",
        "期限がこの日数のうちに来るものを、状況一覧の上に数える。",
        "第3条第3項・第4条第3項",
        _DAYS,
        "日",
    ),
    Key(
        "seats.look_ahead_days",
        "後任のいない役割を前もって知らせる日数",
        "任期がこの日数のうちに終わり、後任も職務代理もいない役割を、義務の一覧に載せる。",
        "第3条第1項・第4条第1項・第5条第1項・第6条第1項・第7条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "seats.ending_days",
        "任命を「まもなく終わり」と示す日数",
        "任期がこの日数のうちに終わる任命に「まもなく終わり」と示す。",
        "第3条第1項・第4条第1項・第5条第1項・第6条第1項・第7条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "filing.look_ahead_days",
        "届け出ていない下書きを前もって知らせる日数",
        "保有または変更の予定日がこの日数のうちに来る、まだ届け出ていないものを、義務の一覧に載せる。",
        "第10条第1項",
        _DAYS,
        "日",
    ),
    Key(
        "handling.requirements",
        "複製・送信・持出し等に要るもの（区の最低限）",
        "秘匿性の区分（code）と行為ごとに、note（記録だけ）、standing（包括許可でよい）、each（その都度の許可）のどれか。"
        "課・学校はこれより厳しくできるが、ゆるめられない。",
        "第12条",
        Levels(),
    ),
    Key(
        "handling.media",
        "媒体の種類",
        "複製・持出し等の媒体を選ぶ区分。code は記録に残る符号（変えない）。",
        "第12条第3号（媒体）",
        Rows(),
    ),
    Key(
        "handling.decide_days",
        "申請を決めるまでの目安",
        "申請からこの日数を過ぎても決まっていないものを、期限超過として知らせる。",
        "第12条",
        _DAYS,
        "日",
    ),
    Key(
        "handling.standing_days",
        "包括許可の最長の期間",
        "包括許可の初日から末日までの日数の上限。",
        "第12条（必要最小限）",
        _DAYS,
        "日",
    ),
    Key(
        "handling.step_up_days",
        "返却・消去のおくれを上の役割の机に出すまでの日数",
        "期限をこの日数過ぎたものは、保護責任者の上の役割の机にも出る。",
        "第12条・第4条第3項",
        _DAYS,
        "日",
    ),
    Key(
        "sending.confirm_days",
        "二人目の確認の目安",
        "一人目が確かめてからこの日数を過ぎても二人目が確かめていないものを、期限超過として知らせる。",
        "第14条",
        _DAYS,
        "日",
    ),
    *(
        Key(
            f"sending.checklist_{channel}",
            f"送る前のチェックリスト（{label}）",
            "送る前に二人が確かめること。code は記録に残る符号（変えない）。",
            "第14条",
            Rows(),
        )
        for channel, label in (
            ("mail", "電子メール・ファイル転送"),
            ("fax", "ファクス"),
            ("web", "ウェブサイトへの掲載"),
            ("post", "郵送・交換便"),
            ("hand_over", "手渡し"),
        )
    ),
    Key(
        "calendar.closing_days",
        "毎年の閉庁日",
        "土曜日・日曜日・祝日のほかに毎年閉庁する月日。",
        "地方自治法第4条の2",
        MonthDays(),
    ),
    Key(
        "calendar.day_changes",
        "祝日等の臨時の変更",
        "祝日の表の更新を待たずに、特定の日を閉庁日または開庁日とする。",
        "国民の祝日に関する法律",
        DayChanges(),
    ),
]
KEYS: dict[str, Key] = {key.name: key for key in _ALL}


def offer(name: str, known: dict[str, str]) -> None:
    """Tell a key of the shape `Names` which names there are, with their Japanese labels."""
    shape = KEYS[name].shape
    if not isinstance(shape, Names):
        raise TypeError(f"{name} does not hold names")
    shape.known.clear()
    shape.known.update(known)


def offer_levels(name: str, acts: dict[str, str], levels: dict[str, str]) -> None:
    """Tell a key of the shape `Levels` which acts and levels there are, with their Japanese labels."""
    shape = KEYS[name].shape
    if not isinstance(shape, Levels):
        raise TypeError(f"{name} does not hold levels")
    shape.acts.update(acts)
    shape.levels.update(levels)


def offer_parts(name: str, known: dict[str, dict[str, str]]) -> None:
    """The same for the lists of names in a key of the shape `PerClass`: part → name → label."""
    shape = KEYS[name].shape
    if not isinstance(shape, PerClass):
        raise TypeError(f"{name} does not hold what classes ask")
    shape.known.clear()
    shape.known.update(known)


def problem(name: str, value: Any) -> str | None:
    """Why `value` cannot be held by the key, in Japanese; None when it can."""
    key = KEYS.get(name)
    return f"「{name}」という項目はありません。" if key is None else key.shape.problem(value)


def shown(name: str, value: Any) -> str:
    """The value in words: 「1,000人」, 「3～5日」."""
    key = KEYS.get(name)
    return str(value) if key is None or key.shape.problem(value) else key.shape.shown(value, key.unit)
