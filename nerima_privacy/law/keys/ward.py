"""Accidents, contracts, audits, seats, reminders, and the calendar of the ward."""

from nerima_privacy.law.keys.key import DAYS, Key
from nerima_privacy.law.shapes import DayChanges, Flag, MonthDays, Names, Number, Offsets, Span

WARD = [
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
    Key("breach.final_days", "確報の期限", "知った日からの日数。", "規則第44条第2項", DAYS, "日"),
    Key(
        "breach.wrongful_final_days",
        "確報の期限（不正の目的によるおそれがあるとき）",
        "知った日からの日数。第3号が一つでも当たるときはこちらによる。",
        "規則第44条第2項・第43条第3号",
        DAYS,
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
        DAYS,
        "日",
    ),
    Key(
        "reminder.escalate_after",
        "上位の役割にも知らせるまでの日数",
        "期限をこの日数過ぎたものは、保護管理責任者等にも知らせる。",
        "第4条第3項",
        DAYS,
        "日",
    ),
    Key(
        "board.soon_days",
        "状況一覧で期限が近いとする日数",
        "期限がこの日数のうちに来るものを、状況一覧の上に数える。",
        "第3条第3項・第4条第3項",
        DAYS,
        "日",
    ),
    Key(
        "seats.look_ahead_days",
        "後任のいない役割を前もって知らせる日数",
        "任期がこの日数のうちに終わり、後任も職務代理もいない役割を、義務の一覧に載せる。",
        "第3条第1項・第4条第1項・第5条第1項・第6条第1項・第7条第1項",
        DAYS,
        "日",
    ),
    Key(
        "seats.ending_days",
        "任命を「まもなく終わり」と示す日数",
        "任期がこの日数のうちに終わる任命に「まもなく終わり」と示す。",
        "第3条第1項・第4条第1項・第5条第1項・第6条第1項・第7条第1項",
        DAYS,
        "日",
    ),
    Key(
        "filing.look_ahead_days",
        "届け出ていない下書きを前もって知らせる日数",
        "保有または変更の予定日がこの日数のうちに来る、まだ届け出ていないものを、義務の一覧に載せる。",
        "第10条第1項",
        DAYS,
        "日",
    ),
]

CALENDAR = [
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
