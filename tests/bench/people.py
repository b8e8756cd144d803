"""As whom pages are asked: nobody of them is a superuser."""

from django.db.models import Count
from django.test import Client

from files_registry.access.models import Grant, GrantStatus
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.ledgers.models import LedgerEntry
from roles.models import Appointment, Person
from roles.seats import Seat

ANYBODY = "だれでも"


def seated(seat, **of):
    """The first holder of a seat."""
    return Appointment.objects.filter(seat=seat, **of).order_by("pk").first().person


def clerk():
    """Somebody who works somewhere and holds no seat."""
    holders = Appointment.objects.values("person")
    return Person.objects.exclude(pk__in=holders).filter(postings__isnull=False).order_by("pk").first()


def most(rows, by):
    """The value of a column that the most rows have, or None without rows."""
    counted = rows.exclude(**{by: None}).order_by().values(by).annotate(n=Count("pk")).order_by("-n", by)
    return counted.values_list(by, flat=True).first()


def in_force():
    """The grants that are rights now."""
    return Grant.objects.filter(status=GrantStatus.GRANTED)


def richest():
    """Who has the most rights of those who hold no seat."""
    seated_people = Appointment.objects.values("person")
    return Person.objects.filter(pk=most(in_force().exclude(person__in=seated_people), "person")).first()


def busiest_ledger():
    """The file with the most lines in its ledger, or None."""
    return PersonalInformationFile.objects.filter(pk=most(LedgerEntry.objects.all(), "file")).first()


def widest():
    """The file over which the most rights are given, or None."""
    return PersonalInformationFile.objects.filter(pk=most(in_force(), "file")).first()


PEOPLE = {
    "総括保護管理者": lambda: seated(Seat.GENERAL_PROTECTION_MANAGER),
    "保護管理責任者": lambda: seated(Seat.DEPARTMENT_PROTECTION_MANAGER),
    "保護責任者": lambda: seated(Seat.PROTECTION_MANAGER),
    "保護担当者": lambda: seated(Seat.PROTECTION_OFFICER),
    "情報公開課長": lambda: seated(Seat.DISCLOSURE_MANAGER),
    "情報公開課の職員": lambda: seated(Seat.DISCLOSURE_STAFF),
    "監査責任者": lambda: seated(Seat.AUDIT_OFFICER),
    "職員": clerk,
    "権限の多い職員": richest,
    "多く扱う所の保護責任者": lambda: seated(Seat.PROTECTION_MANAGER, unit=busiest_ledger().unit),
    "多くに開く所の保護責任者": lambda: seated(Seat.PROTECTION_MANAGER, unit=widest().unit),
}


def person(name):
    """Who is meant by a name of `PEOPLE`."""
    return PEOPLE[name]()


def client(name):
    """A browser logged in as one of them, or a visitor."""
    browser = Client(HTTP_HOST="localhost")
    if name != ANYBODY:
        browser.force_login(person(name), backend="django.contrib.auth.backends.ModelBackend")
    return browser
