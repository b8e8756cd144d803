"""The demonstration's book: judgements on the held files, and two editions that differ, weeks apart."""

from datetime import timedelta

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.demo.load import settle_notices
from files_registry.register import previews, queries
from files_registry.register.models import Edition
from files_registry.register.workflow import decide_listing, publish_edition
from nerima_privacy.calendars.holidays import is_closed
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat

NONE = {"exemptions": ["none"], "persons": "enough", "subset": "no", "manual_twin": "no", "hamper": "no"}
STAFF_FILES = ("職員", "人事", "給与", "服務")
FIRST, SECOND = 50, 2  # about so many days ago: after the last change carried out, and the last file that ceased


def load_editions() -> None:
    """Call after the files are loaded. Leaves the newest two files for a visitor to judge; does nothing twice."""
    staff, manager = holders(Seat.DISCLOSURE_STAFF).first(), holders(Seat.DISCLOSURE_MANAGER).first()
    if Edition.objects.exists() or staff is None or manager is None:
        return
    files = list(queries.with_decision().filter(decision=None).order_by("held_from", "pk"))
    if len(files) < 8:
        return
    waiting, late = files[-2:], files[-5:-2]
    first, second = _open_day(FIRST), _open_day(SECOND)
    with days_ago(first, 9, 20):
        for file in files[:-5]:
            _judge(file, staff)
    with days_ago(first, 15):
        _publish(manager, "令和5年4月からのファイルを、はじめて公表しました。")
    with days_ago(second, 9, 10):
        for file in late:
            _judge(file, staff)
        _look_again(waiting, staff)
    with days_ago(second, 15):
        _publish(manager, "新しく保有したファイルを加え、2件の記載を見直しました。")
    settle_notices()


def _open_day(days: int) -> int:
    """How many days ago the office was open, `days` or a few more."""
    while is_closed(today() - timedelta(days=days)):
        days += 1
    return days


def _look_again(waiting: list[PersonalInformationFile], staff: Person) -> None:
    """Of two listed files one now leaves out a cell, the other the whole entry."""
    listed = list(queries.with_decision().filter(listed=True).exclude(pk__in=[f.pk for f in waiting]).order_by("pk"))
    partial = {**NONE, "hamper": "partial"}
    reason = "提供先を載せると、調査の相手方が知られ、調査に著しい支障があります。"
    decide_listing(listed[0].pk, answers=partial, omitted_cells=[10], reason=reason, actor=staff)
    whole = {**NONE, "hamper": "whole"}
    reason = "載せると、未然防止のための調査に著しい支障があると認めました。"
    decide_listing(listed[1].pk, answers=whole, reason=reason, actor=staff)


def _judge(file: PersonalInformationFile, staff: Person) -> None:
    answers = dict(NONE)
    if any(word in file.name for word in STAFF_FILES):
        answers["exemptions"] = ["74-2-3"]
    decide_listing(file.pk, answers=answers, reason="届出の内容と所管への確認によります。", actor=staff)


def _publish(manager: Person, note: str) -> None:
    """As of the day it is published, or of the last change it holds."""
    publish_edition(as_of=max(today(), previews.preview().earliest or today()), note=note, actor=manager)
