"""Each verb: by whom, from where, all of it or nothing (第5条第4項)."""

import pytest
from django.utils import timezone

from files_registry.systems import workflow
from files_registry.systems.models import AgreementStatus, SystemAgreement
from nerima_privacy.refusals import MoveRefused
from tests import every_verb
from tests.files_registry.systems.making import everything
from tests.files_registry.systems.verbs import EXAMPLES, ON_AGREEMENTS

pytestmark = pytest.mark.article("5-4")


def test_there_is_an_example_of_every_verb():
    assert set(EXAMPLES) == set(workflow.__all__)


@pytest.mark.parametrize("name", EXAMPLES)
def test_everybody_else_is_refused_and_nothing_is_written(cast, name):
    every_verb.everybody_else_is_refused(cast, EXAMPLES[name])


@pytest.mark.parametrize(("name", "who"), every_verb.each_who_may(EXAMPLES))
def test_who_may_does_it_and_leaves_one_entry_that_says_in_which_capacity(cast, name, who):
    entry = every_verb.leaves_one_entry(cast, EXAMPLES[name], who)
    said = {"clerk": "税務システムの管理者", "manager": "税務課　保護責任者"}
    assert entry.post_label == said.get(who, "税務課　保護担当者")


def put(cast, agreement, status):
    """Into a state, with whom the database asks to have decided."""
    decided = status not in {AgreementStatus.WITHDRAWN, AgreementStatus.PROPOSED}
    SystemAgreement.objects.filter(pk=agreement.pk).update(
        status=status, decided_by=cast.clerk if decided else None, decided_at=timezone.now() if decided else None
    )


@pytest.mark.parametrize("name", ON_AGREEMENTS)
def test_an_answer_is_refused_from_every_other_state(cast, name):
    every_verb.is_refused_from_every_other_state(cast, EXAMPLES[name], put)


@pytest.mark.parametrize("name", ON_AGREEMENTS)
def test_an_answer_from_a_page_that_was_overtaken_is_refused(cast, name):
    example = EXAMPLES[name]
    agreement = example.before(cast)
    before = everything()
    words = {} if name == "agree" else {"reason": "足りない。"}
    with pytest.raises(MoveRefused):
        getattr(workflow, name)(agreement.pk, stamp=agreement.stamp + 1, actor=cast.people[min(example.may)], **words)
    assert everything() == before


@pytest.mark.parametrize("name", [name for name, example in EXAMPLES.items() if not example.quiet])
def test_nothing_is_kept_when_the_notice_cannot_be_queued(cast, name, monkeypatch):
    every_verb.keeps_nothing_where_nobody_can_be_told(
        cast, EXAMPLES[name], monkeypatch, "files_registry.systems.telling"
    )
