"""`manage.py reconcile_access` names every difference between grants and guardian's rows, and says by its exit."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from files_registry.access import workflow
from files_registry.access.granting import permissions
from files_registry.access.models import FileUserRight, Grant, GroupKind
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1")]


def run(capsys):
    code = 0
    try:
        call_command("reconcile_access")
    except CommandError as error:
        code = error.returncode
    return code, capsys.readouterr().out


def test_what_the_verbs_wrote_agrees(cast, capsys):
    grant = steps.granted(cast, rights=["open_file", "enter_file"])
    workflow.narrow(grant.pk, rights=["open_file"], ends_on=steps.wish()["ends_on"], note="例", actor=cast.manager)
    workflow.propose(
        grant.file_id, group_unit_id=cast.collection.pk, group_kind=GroupKind.STAFF, actor=cast.manager, **steps.wish()
    )
    steps.requested(cast, grant.file, who="second_clerk")
    code, said = run(capsys)
    assert code == 0
    assert "一致しています" in said


@pytest.mark.parametrize(
    "tamper",
    [
        lambda cast, grant: FileUserRight.objects.all().delete(),
        lambda cast, grant: FileUserRight.objects.update(ends_at=grant.ends_at + timedelta(days=1)),
        lambda cast, grant: FileUserRight.objects.update(user=cast.neighbour),
        lambda cast, grant: FileUserRight.objects.update(content_object=steps.held_file(cast, number="X-9")),
        lambda cast, grant: FileUserRight.objects.update(unit=cast.collection),
        lambda cast, grant: FileUserRight.objects.update(permission=permissions()["erase_file"]),
        lambda cast, grant: Grant.objects.filter(pk=grant.pk).update(may_output=True),
        lambda cast, grant: Grant.objects.filter(pk=grant.pk).update(
            status="revoked", ended_at=grant.decided_at, end_reason="例"
        ),
    ],
)
def test_each_difference_is_named(cast, capsys, tamper):
    grant = steps.granted(cast)
    tamper(cast, grant)
    code, said = run(capsys)
    assert code == 1
    assert f"許可{grant.pk}" in said
