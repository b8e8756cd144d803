"""However a right is asked, at every edge of its time, the answer is the same (第11条第1項)."""

from datetime import date, datetime, timedelta, timezone

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, models, transaction

from files_registry.access.models import FileUserRight
from files_registry.catalogue.models import PersonalInformationFile
from files_registry.catalogue.policies import visible_to
from files_registry.catalogue.rights import Right, files_for, may, rights_on, rights_over
from nerima_privacy.calendars.periods import midnight
from roles.models import Person, Unit
from tests.files_registry import ledger_steps
from tests.files_registry.access import steps

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1", "11-2")]
PERMS = [right.perm for right in Right]


def answers(person_pk, file):
    """What each way of asking says of 閲覧, asked of a person read anew."""
    person = Person.objects.get(pk=person_pk)
    return {
        person.has_perm(Right.OPEN.perm, file),
        person.has_perms([Right.OPEN.perm], file),
        Right.OPEN.value in person.get_all_permissions(file),
        Right.OPEN.value in person.get_group_permissions(file),
        may(person, Right.OPEN, file),
        Right.OPEN in rights_over(person, file),
        Right.OPEN in rights_on(person, [file])[file.pk],
        files_for(person, Right.OPEN).filter(pk=file.pk).exists(),
        visible_to(person).filter(pk=file.pk).exists(),
        visible_to(person, single=True).filter(pk=file.pk).exists(),
    }


@pytest.mark.parametrize("last", [date(2027, 3, 31), date(2028, 2, 29), date(2027, 12, 31), date(2027, 4, 1)])
def test_it_ends_with_the_day_of_tokyo_however_it_is_asked(cast, last):
    with time_machine.travel(midnight(last) - timedelta(days=20)):
        grant = steps.granted(cast, ends_on=last)
        cast.clerk.postings.update(unit=cast.collection)
        grant.user_rights.update(unit=cast.collection)  # the person works elsewhere: nothing but the grant opens it
    ends = datetime(last.year, last.month, last.day, 15, tzinfo=timezone.utc)  # noqa: UP017  # midnight in Tokyo
    assert grant.ends_at == ends
    for moment, said in [(-1, {True}), (0, {False}), (1, {False}), (-1, {True})]:  # a clock that goes back as well
        with time_machine.travel(ends + timedelta(seconds=moment), tick=False):
            assert answers(cast.clerk.pk, grant.file) == said, moment


def test_no_flag_group_or_permission_of_django_opens_a_file(cast):
    file = steps.held_file(cast)
    everything = Permission.objects.filter(content_type__app_label="files_registry")
    cast.outsider.user_permissions.set(everything)
    group = steps.workflow.post_group(cast.tax, "staff").group
    group.permissions.set(everything)
    cast.outsider.groups.add(group)
    cast.outsider.is_superuser = True
    cast.outsider.save()
    assert answers(cast.outsider.pk, file) == {False}
    assert not Person.objects.get(pk=cast.outsider.pk).has_perms(PERMS, file)


def test_a_row_of_guardians_without_its_ground_opens_nothing(cast):
    """Written past the verbs: for somebody who never worked where it says."""
    grant = steps.granted(cast)
    facts = {"grant": grant, "content_object": grant.file, "unit": cast.tax, "user": cast.neighbour}
    permission = Permission.objects.get(codename="output_file")
    FileUserRight.objects.create(permission=permission, begins_at=grant.begins_at, ends_at=grant.ends_at, **facts)
    assert not may(cast.neighbour, Right.OUTPUT, grant.file)


def deleted_past_the_application(subject):
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {subject._meta.db_table} WHERE id = %s", [subject.pk])
    connection.check_constraints()


@pytest.mark.parametrize("gone", [Person, Unit, PersonalInformationFile])
def test_deleting_a_person_a_unit_or_a_file_takes_no_record_along(cast, gone):
    grant = steps.granted(cast)
    ledger_steps.wrote(cast, ledger_steps.opened(grant.file, cast.clerk), "officer")
    subject = {Person: cast.clerk, Unit: cast.tax, PersonalInformationFile: grant.file}[gone]
    before = steps.everything()
    with pytest.raises(models.ProtectedError):
        subject.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        deleted_past_the_application(subject)
    assert steps.everything() == before
