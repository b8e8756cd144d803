"""Units, seats, people (第2–7条)."""

from roles.models import Appointment
from tests.access.rules.building import Rule, unit


def an_appointment(world, side):
    return [Appointment.objects.get(person=world.cast.manager).pk]


def audit_seat(world, side):
    return [Appointment.objects.get(person=world.cast.audit_officer).pk]


RULES: dict[str, Rule] = {
    "units:list": Rule(),
    "units:me": Rule(),
    "units:detail": Rule(arguments=unit),
    "units:history": Rule(arguments=unit),
    "units:audit-officers": Rule(),
    "units:appoint-audit-officer": Rule({"chief"}, methods=("get", "post")),
    "units:end-audit-officer": Rule({"chief"}, arguments=audit_seat, methods=("get", "post")),
    "units:succeed": Rule({"administrator"}, arguments=an_appointment, methods=("get", "post")),
    "units:appoint-acting": Rule({"administrator"}, arguments=an_appointment, methods=("get", "post")),
    "units:end-appointment": Rule({"administrator"}, arguments=an_appointment, methods=("get", "post")),
    "units:transfer": Rule(
        {"administrator"}, arguments=lambda world, side: [world.cast.clerk.pk], methods=("get", "post")
    ),
    "units:merge": Rule({"administrator"}, arguments=unit, methods=("get", "post")),
}
