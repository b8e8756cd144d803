"""The demonstration's book: judgements on the held files, and two editions that differ."""

from datetime import date

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.register import previews, queries
from files_registry.register.models import Edition
from files_registry.register.workflow import decide_listing, publish_edition
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person
from roles.seats import Seat

NONE = {"exemptions": ["none"], "persons": "enough", "subset": "no", "manual_twin": "no", "hamper": "no"}
STAFF_FILES = ("職員", "人事", "給与", "服務")


def load_editions() -> None:
    """Call after the files are loaded. Leaves the newest two files for a visitor to judge; does nothing twice."""
    staff, manager = holders(Seat.DISCLOSURE_STAFF).first(), holders(Seat.DISCLOSURE_MANAGER).first()
    if Edition.objects.exists() or staff is None or manager is None:
        return
    files = list(queries.with_decision().filter(decision=None).order_by("held_from", "pk"))
    if len(files) < 8:
        return
    waiting, late = files[-2:], files[-5:-2]
    for file in files[:-5]:
        _judge(file, staff)
    _publish(manager, "令和5年4月からのファイルを、はじめて公表しました。", today().replace(day=1))
    for file in late:
        _judge(file, staff)
    listed = list(queries.with_decision().filter(listed=True).exclude(pk__in=[f.pk for f in waiting]).order_by("pk"))
    partial = {**NONE, "hamper": "partial"}
    reason = "提供先を載せると、調査の相手方が知られ、調査に著しい支障があります。"
    decide_listing(listed[0].pk, answers=partial, omitted_cells=[10], reason=reason, actor=staff)
    whole = {**NONE, "hamper": "whole"}
    reason = "載せると、未然防止のための調査に著しい支障があると認めました。"
    decide_listing(listed[1].pk, answers=whole, reason=reason, actor=staff)
    _publish(manager, "新しく保有したファイルを加え、2件の記載を見直しました。", today())


def _judge(file: PersonalInformationFile, staff: Person) -> None:
    answers = dict(NONE)
    if any(word in file.name for word in STAFF_FILES):
        answers["exemptions"] = ["74-2-3"]
    decide_listing(file.pk, answers=answers, reason="届出の内容と所管への確認によります。", actor=staff)


def _publish(manager: Person, note: str, as_of: date) -> None:
    earliest = previews.preview().earliest
    publish_edition(as_of=max(as_of, earliest or as_of), note=note, actor=manager)
