"""The pages of an import, clicked through as those who may and as those who must not."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nerima_privacy.activity.models import Entry
from nerima_privacy.imports import workflow
from nerima_privacy.imports.models import ImportRun, RunStatus
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import MoveRefused
from roles.models import Person

pytestmark = pytest.mark.article("2-2")
GOOD = "職員番号,氏名\nN0001,新任 一郎\n".encode()


def upload(client, content=GOOD, reason="4月の異動", name="異動.csv"):
    data = {"table": SimpleUploadedFile(name, content), "reason": reason}
    return client.post(reverse("imports:upload", args=["ward"]), data)


def test_from_upload_to_commit(client, cast):
    client.force_login(cast.administrator, "django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("imports:list")).status_code == 200
    assert client.get(reverse("imports:template", args=["ward"])).status_code == 200
    response = upload(client)
    run = ImportRun.objects.get()
    assert response.url == run.get_absolute_url()
    workflow.check(run.pk, actor=cast.administrator)
    assert "1件を書き込みます" in client.get(run.get_absolute_url()).content.decode()
    workflow.begin_commit(run.pk, actor=cast.administrator)
    workflow.commit(run.pk, actor=cast.administrator)
    assert "加わりました" in client.get(run.get_absolute_url()).content.decode()
    assert Person.objects.filter(staff_number="N0001").exists()
    assert Notice.objects.get(kind="import.committed").to == cast.administrator


def test_a_wrong_upload_keeps_the_reason_and_says_why(client, cast):
    client.force_login(cast.administrator, "django.contrib.auth.backends.ModelBackend")
    response = upload(client, name="異動.pdf")
    assert response.status_code == 422
    assert "受け取れません" in response.content.decode()
    assert "4月の異動" in response.content.decode()
    assert not ImportRun.objects.exists()


def test_everybody_else_is_refused_and_nothing_is_written(client, cast):
    run = workflow.upload(kind="ward", file_name="a.csv", content=GOOD, reason="異動", actor=cast.administrator)
    workflow.check(run.pk, actor=cast.administrator)
    entries = Entry.objects.count()
    for name, person in cast.people.items():
        if name in {"administrator", "former"}:
            continue
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        assert upload(client).status_code == 403, name
        assert client.get(run.get_absolute_url()).status_code == 404, name
        for verb in ("commit", "discard"):
            assert client.post(reverse(f"imports:{verb}", args=[run.pk])).status_code == 404, name
    run.refresh_from_db()
    assert run.status == RunStatus.CHECKED
    assert Entry.objects.count() == entries
    assert not Person.objects.filter(staff_number="N0001").exists()


@pytest.mark.parametrize("status", sorted(set(RunStatus) - {RunStatus.CHECKED}))
def test_only_a_checked_import_can_be_taken_in(cast, status):
    payload = None if status in {RunStatus.DONE, RunStatus.DISCARDED} else GOOD
    run = ImportRun.objects.create(
        kind="ward", status=status, file_name="a.csv", payload=payload, uploaded_by=cast.administrator
    )
    with pytest.raises(MoveRefused):
        workflow.begin_commit(run.pk, actor=cast.administrator)
    run.refresh_from_db()
    assert run.status == status


def test_a_second_click_finds_the_import_under_way(client, cast):
    client.force_login(cast.administrator, "django.contrib.auth.backends.ModelBackend")
    upload(client)
    run = ImportRun.objects.get()
    workflow.check(run.pk, actor=cast.administrator)
    url = reverse("imports:commit", args=[run.pk])
    client.post(url)
    assert "この操作はできません" in client.post(url, follow=True).content.decode()
    assert Entry.objects.filter(verb="import.committed").count() <= 1


def test_giving_up_removes_the_file(client, cast):
    client.force_login(cast.administrator, "django.contrib.auth.backends.ModelBackend")
    upload(client)
    run = ImportRun.objects.get()
    workflow.check(run.pk, actor=cast.administrator)
    client.post(reverse("imports:discard", args=[run.pk]))
    run.refresh_from_db()
    assert run.status == RunStatus.DISCARDED
    assert run.payload is None
