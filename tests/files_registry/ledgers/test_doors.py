"""Every door to what a file holds, tried by somebody whose right is over, too small, or of another file (第11条)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from files_registry.access import workflow as access
from files_registry.access.models import FileUserRight, Grant, GrantStatus, Opening
from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.catalogue.rights import Right
from files_registry.ledgers.models import LedgerEntry, StoredMedium, Verification
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from roles.models import Appointment
from roles.seats import Basis, Seat
from tests.files_registry import ledger_steps as steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1", "11-2")]
NAME, SECRET = "特別徴収義務者台帳", "滞納整理の照合"
OF_FILE = ["detail", "write", "bulk", "verifications", "verify", "media", "register-medium"]
OUT = ["export.xlsx", "export.csv", "ledger.pdf"]
OF_LINE = {
    "entry": ["entry", "correct"],
    "verification": ["verification", "correct-verification"],
    "medium": ["medium", "move-medium", "complete-medium", "dispose-medium"],
    "disposed": ["certificate"],
}
LISTS = ["/", "/files/", "/ledgers/", "/ledgers/?tab=write", f"/search/?q={NAME}"]
LISTS += [reverse_lazy("ledgers:due"), reverse_lazy("handling:choose")]
WRITES = {
    Right.ENTER: ["write", "bulk", "verify", "register-medium", "correct", "correct-verification", "move-medium"],
    Right.ERASE: ["dispose-medium"],
    Right.OUTPUT: OUT,
}


@pytest.fixture
def inside(cast):
    """A file of 税務課 with something in each of its parts, and all rights over it given to somebody of elsewhere."""
    file = steps.held(cast, name=NAME)
    parts = {
        "entry": steps.wrote(cast, file, purpose=SECRET),
        "verification": steps.verified(cast, file, process=SECRET),
        "medium": steps.registered(cast, file, label=SECRET),
        "disposed": steps.disposed(cast, file, label=SECRET),
    }
    steps.grant(cast, file, "acting", *Right, unit=cast.welfare_admin)
    steps.opened(file, cast.acting)
    return file, parts


def addresses(file, parts):
    """name -> address, of every page of what the file holds."""
    found = {name: reverse(f"ledgers:{name}", args=[file.pk]) for name in OF_FILE + OUT}
    for part, names in OF_LINE.items():
        found |= {name: reverse(f"ledgers:{name}", args=[file.pk, parts[part].pk]) for name in names}
    return found


def come_in(person):
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def asked(client, url, method="get"):
    answer = getattr(client, method)(url)
    body = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, body.decode(errors="replace")


def written():
    return tuple(model.objects.count() for model in (LedgerEntry, Verification, StoredMedium))


def the_grant(cast):
    return Grant.objects.get(person=cast.acting)


def suspend(cast, file):
    FileUserRight.objects.filter(grant=the_grant(cast)).delete()
    facts = {"status": GrantStatus.SUSPENDED, "ended_at": timezone.now(), "end_reason": "答えがなかった"}
    Grant.objects.filter(person=cast.acting).update(**facts)


def become(seat):
    def take(cast, file):
        facts = {"valid_from": today(), "basis": Basis.NAMED, "reason": "公平。", "appointed_by": cast.chief}
        Appointment.objects.create(person=cast.acting, seat=seat, **facts)

    return take


def lose_the_post(cast, file, **where):
    """The acting holder's period is over, and so is the work in that unit."""
    yesterday = today() - timedelta(days=1)
    cast.acting.appointments.update(valid_to=yesterday)
    cast.acting.postings.update(valid_to=yesterday)


def superuser_instead(cast, file):
    access.revoke(the_grant(cast).pk, note="担当を外れた", actor=cast.manager)
    cast.acting.is_superuser = True
    cast.acting.save()


CEASED = {"status": FileStatus.CEASED, "ceased_on": today()}
OVER = {
    "revoked": lambda cast, file: access.revoke(the_grant(cast).pk, note="担当を外れた", actor=cast.manager),
    "suspended": suspend,
    "posting and acting seat over": lose_the_post,
    "file ceased": lambda cast, file: PersonalInformationFile.objects.update(**CEASED),
    "audit officer": become(Seat.AUDIT_OFFICER),
    "system administrator": become(Seat.SYSTEM_ADMINISTRATOR),
    "superuser without right": superuser_instead,
}


def nothing_is_told(client, file, parts):
    """Each door is shut, and no list, search or desk names the file or anything in it."""
    before = written(), Opening.objects.filter(refused=False).count()
    for name, url in addresses(file, parts).items():
        for method in ("get", "post"):
            status, body = asked(client, url, method)
            assert (status, name) in {(404, name), (405, name)}
            assert NAME not in body
            assert SECRET not in body
    Notice.objects.all().delete()  # who was told that a right is over may read over which file it was
    for url in LISTS:
        status, body = asked(client, url)
        assert status == 200, url
        body = body.replace(f'value="{NAME}"', "").replace(f"「{NAME}」", "")  # what was typed into the search
        assert NAME not in body, url
        assert SECRET not in body, url
    status, _ = asked(client, reverse("ledgers:output-unit", args=[file.unit.code]))
    assert status == 403
    assert (written(), Opening.objects.filter(refused=False).count()) == before


def test_while_the_right_lasts_every_door_opens(cast, inside):
    client = come_in(cast.acting)
    for name, url in addresses(*inside).items():
        others_line = name in {"correct", "correct-verification"}
        assert asked(client, url)[0] == (403 if others_line else 200), name
    assert NAME in asked(client, "/ledgers/")[1]


@pytest.mark.parametrize("how", OVER)
def test_once_it_is_over_every_door_is_shut_and_nothing_is_told(cast, inside, how):
    client = come_in(cast.acting)
    OVER[how](cast, inside[0])
    nothing_is_told(client, *inside)


def test_at_the_second_of_its_end_every_door_is_shut(cast, inside):
    ends_at = the_grant(cast).ends_at
    with time_machine.travel(ends_at - timedelta(seconds=1), tick=False):
        client = come_in(cast.acting)
        steps.opened(inside[0], cast.acting)
        assert asked(client, addresses(*inside)["detail"])[0] == 200
    with time_machine.travel(ends_at, tick=False):
        nothing_is_told(client, *inside)


def test_a_live_session_of_somebody_who_left_opens_nothing(cast, inside):
    client = come_in(cast.acting)
    cast.acting.is_active = False
    cast.acting.save()
    for url in [*addresses(*inside).values(), *LISTS]:
        answer = client.get(url)
        assert answer.status_code == 302, url
        assert "/login/" in answer["Location"]


@pytest.mark.parametrize("right", [Right.OPEN, Right.ENTER, Right.ERASE, Right.OUTPUT])
def test_one_right_opens_no_door_of_another(cast, inside, right):
    file, parts = inside
    steps.grant(cast, file, "clerk", Right.OPEN, right)
    steps.opened(file, cast.clerk)
    client, urls, before = come_in(cast.clerk), addresses(file, parts), written()
    for other in {Right.ENTER, Right.ERASE, Right.OUTPUT} - {right}:
        for name in WRITES[other]:
            assert asked(client, urls[name])[0] == 403, name
            if other != Right.OUTPUT:
                assert asked(client, urls[name], "post")[0] == 403, name
    assert written() == before


def test_a_line_of_another_file_is_reached_through_none_of_ones_own(cast, inside):
    own = steps.held(cast, name="別のファイル")
    steps.grant(cast, own, "clerk", *Right)
    steps.opened(own, cast.clerk)
    client, before = come_in(cast.clerk), written()
    for name, url in addresses(own, inside[1]).items():
        if name not in OF_FILE + OUT:
            assert {asked(client, url, method)[0] for method in ("get", "post")} <= {404, 405}, name
    repeated = asked(client, reverse("ledgers:write", args=[own.pk]) + f"?repeat={inside[1]['entry'].pk}")[1]
    assert SECRET not in repeated
    assert written() == before
