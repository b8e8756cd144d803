"""The wording of desks: chips, leads, meters. Templates only print what stands here."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from nerima_privacy.calendars import eras
from nerima_privacy.calendars.holidays import USUAL, Closures, open_days_between
from nerima_privacy.duties.desk import Desk, WorkItem, pieces
from nerima_privacy.duties.paragraphs import label as article_label
from nerima_privacy.duties.standing import Standing
from nerima_privacy.web import wording
from roles.models import Appointment, Posting
from roles.seats import Seat

SUBJECTS = {
    3: "総括保護管理者",
    4: "保護管理責任者",
    5: "保護責任者",
    6: "保護担当者",
    7: "監査責任者",
    8: "研修",
    9: "指示の確認",
    10: "届出",
    11: "アクセス権",
    12: "複製・送信・持出し",
    13: "誤りの訂正",
    14: "誤送付の防止",
    15: "取扱台帳",
    16: "外国での取扱い",
    17: "入力の照合",
    18: "安全管理措置",
    19: "提供",
    20: "委託",
    21: "サイバーセキュリティ",
    22: "事故報告",
    23: "個人情報保護委員会への報告",
    24: "監査",
    25: "点検",
    26: "見直し",
}
NO_DAY = "期限なし"


@dataclass(frozen=True)
class Line:
    """One line of the list, worded."""

    chip: str
    kind: str
    title: str
    url: str
    detail: str
    article: str


@dataclass(frozen=True)
class Sent:
    """One row of what is in progress elsewhere, worded."""

    title: str
    url: str
    now_with: str
    since: str


@dataclass(frozen=True)
class Meter:
    """How an article stands in the units of the post."""

    label: str
    text: str
    met: int
    total: int
    late: int
    article: int


def lines(items: list[WorkItem], on: date) -> list[Line]:
    """What is the person's turn, late first."""
    return [
        Line(
            chip=chip_words(item, on),
            kind=wording.deadline_kind(item.due_on, on) if item.due_on else "calm",
            title=item.title,
            url=item.url,
            detail=item.detail,
            article=article_label(item.article),
        )
        for item in items
    ]


def chip_words(item: WorkItem, on: date) -> str:
    """「あと3日」「期限なし」; 「ほか37件」 for the line that leads to the rest."""
    if item.rest:
        return f"ほか{item.count:,}件"
    return wording.deadline_words(item.due_on, on) if item.due_on else NO_DAY


def sent(items: list[WorkItem], on: date, closures: Closures = USUAL) -> list[Sent]:
    """What is in progress: who has it now, since when, and how many days the office was open since."""
    return [
        Sent(
            item.title,
            item.url,
            f"ほか{item.count:,}件" if item.rest else item.now_with,
            since(item.since_day, on, closures) + ("から" if item.rest else ""),
        )
        for item in sorted(items, key=lambda item: (item.rest, item.since_day))
    ]


def since(day: date, on: date, closures: Closures = USUAL) -> str:
    """「11月16日（5開庁日）」, with the year where it differs."""
    text = f"{day.month}月{day.day}日" if day.year == on.year else eras.wareki(day)
    days = open_days_between(day, on, closures)
    return f"{text}（{days}開庁日）" if days > 0 else text


def heading(on: date) -> str:
    """「令和8年11月24日（火）　わたしの机」."""
    return f"{eras.wareki(on, weekday=True)}　わたしの机"


def lead(desk: Desk) -> str:
    """「税務課の保護責任者として、あなたの番のものが5件あります。」."""
    count = pieces(desk.turn)
    waits = f"あなたの番のものが{count:,}件あります。" if count else "あなたの番のものはありません。"
    if desk.acting is None:
        return f"{waits if count else ''}いまは、保護責任者などの役割についていません。"
    return f"{post_words(desk.acting)}として、{waits}"


def post_words(post: Appointment) -> str:
    """「税務課の保護責任者（職務代理）」."""
    return post.label.replace("　", "の", 1)


def place(post: Appointment) -> str:
    """「税務課のいま」; a ward-wide seat sees on its desk only what is its own turn, the ward stands on the board."""
    return f"{post.unit.name}のいま" if post.unit else f"{post.get_seat_display()}の義務のいま"


def to_the_board(post: Appointment) -> str:
    """What the link under the meters leads to."""
    return "根拠と内訳を見る" if post.unit else "区全体の状況一覧を見る"


def meters(standings: list[Standing], on: date) -> list[Meter]:
    """One meter an article, in the order of articles; articles that concern nothing here are left out."""
    by_article: dict[int, list[Standing]] = defaultdict(list)
    for standing in standings:
        by_article[standing.duty.article_number].append(standing)
    return [meter(number, group, on) for number, group in by_article.items() if sum(s.subjects for s in group)]


def meter(number: int, group: list[Standing], on: date) -> Meter:
    """「8件中 7件を満たす」, 「31件中 1件おくれ」, 「62件すべて満たす」."""
    total = sum(s.subjects for s in group)
    lacking = sum(len(s.findings) for s in group)
    late = sum(f.late(on) for s in group for f in s.findings)
    if not lacking:
        text = f"{total}件すべて満たす"
    elif late:
        text = f"{total}件中 {late}件おくれ"
    else:
        text = f"{total}件中 {total - lacking}件を満たす"
    return Meter(f"{SUBJECTS[number]}（第{number}条）", text, max(total - lacking, 0), total, late, number)


def whom_to_ask(posting: Posting | None, managers: list[Appointment]) -> str:
    """Whom a person with no post can ask: 保護責任者 of the own unit, or the seats above where there is none."""
    if posting is None:
        return "所属が登録されていません。心当たりがなければ、システム管理者に確かめてください。"
    names = "、".join(f"{m.label}の{m.person.name}さん" for m in managers)
    ask = names or f"{posting.unit.name}の保護責任者は空席です。部の保護管理責任者、または総括保護管理者"
    return f"わからないときは、{ask}にたずねてください。"


def is_overseeing(post: Appointment | None) -> bool:
    """Whether the post has a board (システム管理者 have none)."""
    return post is not None and post.seat != Seat.SYSTEM_ADMINISTRATOR
