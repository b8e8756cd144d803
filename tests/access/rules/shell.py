"""The shell, imports: what belongs to no article alone."""

from roles.models import Appointment
from tests.access.rules.building import PUBLIC, WRITERS, Rule


def run(world, side):
    return [world.run.pk]


def own_post(world):
    """A post is chosen by its holder; to others it does not exist."""
    return {"post": Appointment.objects.get(person=world.cast.manager).pk}


IMPORTERS = {"administrator", "disclosure_staff"} | WRITERS
BOARD = {
    "chief", "department_manager", "two_seats", "manager", "officer", "second_officer", "neighbour", "acting", "dual",
    "principal", "school_officer", "other_principal", "disclosure_manager", "disclosure_staff", "disclosure_officer",
    "audit_officer",
}  # fmt: skip


RULES: dict[str, Rule] = {
    # the shell
    "login": Rule(PUBLIC),
    "demo-login": Rule(PUBLIC, methods=("post",), refused=404),
    "logout": Rule(PUBLIC, methods=("post",)),
    "password": Rule(methods=("get", "post")),
    "password-done": Rule(),
    "keep-alive": Rule(methods=("post",)),
    "choose-post": Rule({"manager"}, methods=("post",), data=own_post, refused=404),
    "report-accident": Rule(),
    "pick-unit": Rule(data=lambda world: {"q": "税務"}),
    "pick-person": Rule({"administrator", "chief"}, methods=("post",), data=lambda world: {"q": "試験"}),
    "desk": Rule(),
    "board": Rule(BOARD),
    "board-findings": Rule(BOARD | {"administrator"}),
    "board-export": Rule(BOARD),
    "search:results": Rule(),
    "inbox:list": Rule(),
    "inbox:read-all": Rule(methods=("post",)),
    "inbox:open": Rule({"manager"}, arguments=lambda world, side: [world.notice.pk], methods=("post",), refused=404),
    # imports
    "imports:list": Rule(IMPORTERS),
    "imports:upload": Rule({"administrator"}, arguments=lambda world, side: ["ward"], methods=("get", "post")),
    "imports:template": Rule({"administrator"}, arguments=lambda world, side: ["ward"]),
    "imports:detail": Rule({"administrator"}, arguments=run, refused=404),
    "imports:state": Rule({"administrator"}, arguments=run, refused=404),
    "imports:problems": Rule({"administrator"}, arguments=run, refused=404),
    "imports:commit": Rule({"administrator"}, arguments=run, methods=("post",), refused=404),
    "imports:discard": Rule({"administrator"}, arguments=run, methods=("post",), refused=404),
}
