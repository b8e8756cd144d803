"""Tells stories by the verbs: each step on its day, by who held the seat then."""

from datetime import timedelta
from typing import Any

from files_registry.catalogue import workflow as files
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.demo.files import Sample
from files_registry.filings import workflow
from files_registry.filings.models import Filing, Result
from files_registry.filings.turns import considering_turn, filing_turn
from nerima_privacy.calendars.periods import today
from roles.holdings import holders
from roles.models import Person, Unit
from roles.seats import Seat


class Teller:
    """Each method is one step `days` ago and answers the filing, so that steps can be chained."""

    def draft(
        self, sample: Sample, days: int, *, planned: int, late: str = "", keep: list[str] | None = None,
        officer: int | None = 0,
    ) -> Filing:  # fmt: skip
        """A new file, to be held `planned` days from now; before now with `late` as its reason: held already."""
        cells = {name: value for name, value in sample.cells().items() if keep is None or name in keep}
        own = {"planned_on": today() + timedelta(days=planned), "already_done": bool(late), "late_reason": late}
        unit = Unit.objects.get(code=sample.unit)
        with days_ago(days, 16, 40):
            return workflow.draft_new(unit.pk, actor=writer_of(unit, officer), data={**cells, **own})

    def change(self, name: str, days: int, cells: dict[str, Any], *, planned: int) -> Filing:
        """A change of the file of that name."""
        file = PersonalInformationFile.objects.get(name=name)
        data = {**cells, "planned_on": today() + timedelta(days=planned)}
        with days_ago(days, 16, 40):
            return workflow.draft_change(file.pk, actor=writer_of(file.unit, 0), data=data)

    def submit(self, filing: Filing, days: int, note: str = "") -> Filing:
        with days_ago(days, 9, 12):
            return workflow.submit(filing.pk, note=note, actor=filing.drafted_by)

    def send_back(self, filing: Filing, days: int, reason: str) -> Filing:
        with days_ago(days, 11, 5):
            return workflow.send_back(filing.pk, reason=reason, actor=_manager(filing))

    def filed(self, sample: Sample, days: int, *, planned: int, late: str = "", officer: int | None = 0) -> Filing:
        """Drafted, submitted and filed within two days."""
        filing = self.draft(sample, days + 2, planned=planned, late=late, officer=officer)
        return self.file(self.submit(filing, days + 1), days)

    def file(self, filing: Filing, days: int) -> Filing:
        with days_ago(days, 13, 30):
            return workflow.file(filing.pk, actor=_manager(filing))

    def correct(self, filing: Filing, days: int, reason: str) -> Filing:
        with days_ago(days, 10, 20):
            return workflow.request_correction(filing.pk, reason=reason, actor=_staff(filing))

    def propose(self, filing: Filing, days: int, reason: str) -> Filing:
        with days_ago(days, 15, 0):
            return workflow.consider(filing.pk, propose=True, reason=reason, actor=_decider(filing))

    def decide(self, filing: Filing, days: int, result: Result = Result.NO_OBJECTION, text: str = "") -> Filing:
        """Not proposed. A draft is filed first, four days before."""
        if filing.filed_at is None:
            filing = self.file(self.submit(filing, days + 5), days + 4)
        reason = "定例の事務であり、提供先・記録項目に新たな論点がないため。"
        with days_ago(days, 15, 0):
            return workflow.consider(
                filing.pk, propose=False, reason=reason, result=result, result_text=text, actor=_decider(filing)
            )

    def outcome(self, filing: Filing, days: int, result: Result, text: str) -> Filing:
        with days_ago(days, 17, 0):
            return workflow.record_outcome(
                filing.pk,
                council_on=today() - timedelta(days=2),
                outcome=f"了承する。ただし、{text}",
                result=result,
                result_text=text,
                actor=_staff(filing),
            )

    def notify(self, filing: Filing, days: int) -> Filing:
        with days_ago(days, 9, 30):
            return workflow.notify(filing.pk, actor=_decider(filing))

    def hold(self, filing: Filing, days: int, *, on: int | None = None) -> Filing:
        """Held from that day, or from `on` days ago."""
        first = today() - timedelta(days=days if on is None else on)
        with days_ago(days, 8, 40):
            return workflow.hold(filing.pk, on=first, actor=writer_of(filing.unit, 0))

    def held(self, sample: Sample, days: int) -> Filing:
        """From the draft to the file held, within three weeks."""
        filing = self.filed(sample, days, planned=21 - days)
        return self.hold(self.notify(self.decide(filing, days - 7), days - 8), days - 21)

    def apply(self, filing: Filing, days: int) -> Filing:
        first = today() - timedelta(days=days)
        with days_ago(days, 8, 40):
            return workflow.apply_change(filing.pk, on=first, actor=writer_of(filing.unit, 0))

    def apply_minor(self, filing: Filing, days: int) -> Filing:
        first = today() - timedelta(days=days)
        with days_ago(days, 8, 40):
            return workflow.apply_without_notice(filing.pk, on=first, actor=_manager(filing))

    def withdraw(self, filing: Filing, days: int, reason: str) -> Filing:
        with days_ago(days, 14, 0):
            return workflow.withdraw(filing.pk, reason=reason, actor=_manager(filing))

    def cease(self, filing: Filing, days: int, *, ended: int, late: str = "") -> Filing:
        """Filed `days` ago: the file of `filing` ended `ended` days ago."""
        data = {"planned_on": today() - timedelta(days=ended), "late_reason": late}
        with days_ago(days, 10, 0):
            cease = workflow.draft_cease(filing.file_id, actor=writer_of(filing.unit, 0), data=data)
            return workflow.file(cease.pk, actor=_manager(cease))

    def receive(self, filing: Filing, days: int) -> Filing:
        with days_ago(days, 11, 0):
            return workflow.receive(filing.pk, actor=_staff(filing))

    def dispose(self, filing: Filing, days: int, kind: str, note: str) -> PersonalInformationFile:
        with days_ago(days, 17, 0):
            return files.record_disposal(
                filing.file_id, kind=kind, on=today(), note=note, actor=writer_of(filing.unit, 0)
            )


def writer_of(unit: Unit, place: int | None) -> Person:
    """One of the unit's 保護担当者 at the time, or 保護責任者 where there is none."""
    officers = list(holders(Seat.PROTECTION_OFFICER, unit).order_by("pk"))
    if officers and place is not None:
        return officers[min(place, len(officers) - 1)]
    return holders(Seat.PROTECTION_MANAGER, unit)[0]


def _manager(filing: Filing) -> Person:
    return filing_turn(filing).people[0]


def _decider(filing: Filing) -> Person:
    return considering_turn(filing).people[0]


def _staff(filing: Filing) -> Person:
    """A member of 情報公開課's staff who had no hand in filing it."""
    hands = (filing.filed_by_id, filing.submitted_by_id, filing.drafted_by_id)
    bound = [pk for pk in hands if pk is not None]
    return holders(Seat.DISCLOSURE_STAFF).exclude(pk__in=bound).order_by("pk")[0]
