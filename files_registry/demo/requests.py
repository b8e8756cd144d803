"""One request of the demonstration, told by the verbs on its days; and what the stories of handling share."""

from datetime import date, timedelta
from typing import Any

from files_registry.catalogue.models import PersonalInformationFile
from files_registry.demo.clock import days_ago
from files_registry.handling import checking, workflow
from files_registry.handling.acts import Channel
from files_registry.handling.models import HandlingRequest
from files_registry.handling.turns import deciding_turn
from nerima_privacy.calendars.periods import today
from nerima_privacy.law.parameters import parameter
from roles.models import Person

TAX, SCHOOL = "課税台帳（特別区民税・都民税）", "児童指導要録（豊玉小学校）"
MAILS = "保護者連絡先名簿（豊玉小学校）"


def person(number: str) -> Person:
    return Person.objects.get(staff_number=number)


def file_of(name: str) -> PersonalInformationFile:
    return PersonalInformationFile.objects.select_related("current").get(name=name)


def items_of(file: PersonalInformationFile, count: int = 2) -> str:
    return "\n".join(file.current.items.splitlines()[:count]) if file.current else ""


def in_days(days: int) -> date:
    """So many days from now."""
    return today() + timedelta(days=days)


class Story:
    """One request; each step is told `days` ago."""

    def __init__(self, name: str, who: str, act: str, days: int, **data: Any) -> None:
        file, self.person = file_of(name), person(who)
        with days_ago(days, 9, 15):
            request = workflow.draft(file.pk, act=act, actor=self.person)
            facts = {"items": items_of(file), **data}
            self.request: HandlingRequest = workflow.save_draft(
                request.pk, facts, stamp=request.stamp, actor=self.person
            )

    @property
    def manager(self) -> Person:
        return deciding_turn(self.request).people[0]

    def submit(self, days: int) -> "Story":
        with days_ago(days, 9, 40):
            self.request = workflow.submit(self.request.pk, actor=self.person)
        return self

    def ask_back(self, days: int, reason: str) -> "Story":
        with days_ago(days, 13, 20):
            self.request = workflow.ask_back(self.request.pk, reason=reason, actor=self.manager)
        return self

    def allow(self, days: int, instructions: str = "") -> "Story":
        with days_ago(days, 15, 10):
            self.request = workflow.allow(self.request.pk, instructions=instructions, actor=self.manager)
        return self

    def refuse(self, days: int, reason: str) -> "Story":
        with days_ago(days, 15, 10):
            self.request = workflow.refuse(self.request.pk, reason=reason, actor=self.manager)
        return self

    def withdraw(self, days: int, reason: str) -> "Story":
        with days_ago(days, 16, 0):
            self.request = workflow.withdraw(self.request.pk, reason=reason, actor=self.person)
        return self

    def fill(self, days: int, asked: str) -> "Story":
        points = [point["code"] for point in parameter(Channel(self.request.channel).checklist)]
        with days_ago(days, 10, 30):
            check = checking.fill(self.request.pk, ticked=points, asked_of=person(asked).pk, actor=self.person)
        self.check, self.points = check, points
        return self

    def confirm(self, days: int) -> "Story":
        with days_ago(days, 11, 0):
            checking.confirm(self.check.pk, ticked=self.points, actor=self.check.asked_of)
        return self

    def done(self, days: int) -> "Story":
        with days_ago(days, 17, 5):
            self.request = workflow.record_done(self.request.pk, done_on=today(), actor=self.person)
        return self

    def longer(self, days: int, until: int, reason: str) -> "Story":
        with days_ago(days, 9, 50):
            self.request = workflow.ask_extension(
                self.request.pk, due_on=in_days(until), reason=reason, actor=self.person
            )
        return self

    def let_longer(self, days: int, answer: str) -> "Story":
        with days_ago(days, 14, 30):
            self.request = workflow.grant_extension(self.request.pk, answer=answer, actor=self.manager)
        return self

    def back(self, days: int, kind: str, evidence: str) -> "Story":
        with days_ago(days, 16, 45):
            self.request = workflow.record_return(
                self.request.pk, return_kind=kind, returned_on=today(), return_evidence=evidence, actor=self.person
            )
        return self

    def close(self, days: int) -> "Story":
        with days_ago(days, 9, 5):
            self.request = workflow.close(self.request.pk, actor=self.manager)
        return self
