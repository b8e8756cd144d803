"""Information systems: what is agreed with their administrators (第5条第4項), their account lists (第11条第1項)."""

from nerima_privacy.law.keys.key import DAYS, Key
from nerima_privacy.law.shapes import Number, Rows

SYSTEMS = [
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
        "accounts.interval_days",
        "アカウントの突き合わせの間隔",
        "ファイルのある情報システムのアカウント一覧を、前回の基準日からこの日数のうちに、許可と突き合わせる。",
        "第11条第1項",
        DAYS,
        "日",
    ),
    Key(
        "accounts.ahead_days",
        "アカウントの突き合わせを前もって知らせる日数",
        "突き合わせの期限の、この日数前から知らせる。",
        "第11条第1項",
        DAYS,
        "日",
    ),
    Key(
        "accounts.answer_days",
        "突き合わせの指摘に答えるまでの日数",
        "突き合わせを記録した日からこの日数を過ぎても答えのない指摘を、期限超過として知らせる。",
        "第11条第1項",
        DAYS,
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
]
