"""Input is verified, wholly or by a sample, and what was wrong is dealt with (第17条)."""

import pytest
from django.urls import reverse

from files_registry.catalogue.models import FileVersion
from files_registry.ledgers import workflow
from files_registry.ledgers.models import Verification, Way
from files_registry.ledgers.presenters import share
from files_registry.ledgers.rules import rule_of
from nerima_privacy.calendars.periods import today
from nerima_privacy.notices.models import Notice
from nerima_privacy.refusals import Invalid
from tests.files_registry import ledger_steps as steps

pytestmark = pytest.mark.article("17-1")


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"way": ""}, {"way"}),
        ({"process": ""}, {"process"}),
        ({"done_by": ""}, {"done_by"}),
        ({"on": None}, {"on"}),
        ({"total": None}, {"total"}),
        ({"examined": 3000}, {"examined"}),
        ({"examined": 0}, {"examined", "sampling"} - {"sampling"}),
        ({"errors": 101, "remedy": "直した"}, {"errors"}),
        ({"errors": 1}, {"remedy"}),
        ({"sampling": ""}, {"sampling"}),
        ({"remarks": "あ" * 401}, {"remarks"}),
    ],
)
def test_each_wrong_fact_is_named_at_its_field(cast, changes, names):
    file = steps.held(cast)
    with pytest.raises(Invalid) as invalid:
        workflow.verify(file.pk, data={"on": today(), **steps.VERIFIED, **changes}, actor=cast.officer)
    assert set(invalid.value.errors) == names
    assert not Verification.objects.exists()


def test_a_sample_says_how_much_of_all_it_is(cast):
    done = steps.verified(cast)
    assert share(done) == "抽出　5.0%"
    assert share(steps.verified(cast, done.file, examined=2000, sampling="")) == "全件"


def test_errors_are_told_to_the_manager_and_none_are_not(cast):
    done = steps.verified(cast)
    assert not Notice.objects.filter(kind="verification.errors").exists()
    steps.verified(cast, done.file, errors=2, remedy="直した")
    notice = Notice.objects.get(kind="verification.errors")
    assert notice.to == cast.manager
    assert "誤り2件" in notice.title


def test_a_verification_is_taken_back_by_a_later_one(cast):
    done = steps.verified(cast)
    later = workflow.correct_verification(done.pk, data={}, reason="別のファイル", voids=True, actor=cast.officer)
    assert (later.corrects, later.voids, later.total) == (done, True, 2000)


def test_the_form_says_which_ways_the_class_asks_for(cast, client):
    client.force_login(cast.officer, "django.contrib.auth.backends.ModelBackend")
    file = steps.opened(steps.held(cast), cast.officer)
    rule = rule_of(file)
    page = client.get(reverse("ledgers:verify", args=[file.pk])).content.decode()
    assert rule.ways
    for way, label in Way.choices:
        words = f"（必須　{rule.verify_days}日に1回以上）" if way in rule.ways else "（任意）"
        assert f"{label}{words}" in page
    FileVersion.objects.filter(file=file).update(confidentiality="")
    page = client.get(reverse("ledgers:verify", args=[file.pk])).content.decode()
    assert "（任意）" not in page
