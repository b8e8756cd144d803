"""The right a request opened is closed with it, whatever was done to the right meanwhile (第11条第1項・第12条)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from files_registry.access import workflow as access
from files_registry.access.models import FileUserRight, Grant, GrantStatus
from files_registry.access.reconciling import differences
from files_registry.catalogue.rights import Right, may
from files_registry.handling import workflow
from nerima_privacy.refusals import MoveRefused
from tests.files_registry.handling import making

pytestmark = [pytest.mark.django_db, pytest.mark.article("11-1", "12-1")]

ENDS = {
    "returned": lambda cast, pk: workflow.record_return(pk, **making.RETURN, actor=cast.clerk),
    "closed": lambda cast, pk: workflow.close(pk, reason="戻ったのを見た。", actor=cast.manager),
}


def narrowed(cast, request):
    """The manager leaves only 閲覧 of the right the request opened."""
    facts = {"rights": ["open_file"], "ends_on": request.ends_on, "note": "見るだけで足りるため"}
    return access.narrow(request.grant_id, **facts, actor=cast.manager)


def suspended(request):
    """The right as a round without an answer leaves it."""
    FileUserRight.objects.filter(grant=request.grant_id).delete()
    facts = {"status": GrantStatus.SUSPENDED, "ended_at": timezone.now(), "end_reason": "答えがなかった"}
    Grant.objects.filter(pk=request.grant_id).update(**facts)


@pytest.mark.parametrize("end", ENDS)
def test_what_was_narrowed_meanwhile_ends_with_the_request(cast, end):
    request = making.done(cast)
    narrowed(cast, request)
    left = narrowed_again = Grant.objects.get(narrows=request.grant_id)
    facts = {"rights": ["open_file"], "ends_on": request.ends_on - timedelta(days=1), "note": "早く済むため"}
    narrowed_again = access.narrow(left.pk, **facts, actor=cast.manager)
    assert may(cast.clerk, Right.OPEN, request.file)
    ENDS[end](cast, request.pk)
    narrowed_again.refresh_from_db()
    assert narrowed_again.status == GrantStatus.ENDED
    assert not may(cast.clerk, Right.OPEN, request.file)
    assert not list(differences())


@pytest.mark.parametrize("end", ENDS)
def test_what_was_suspended_meanwhile_is_not_given_back_after_the_request(cast, end):
    request = making.done(cast)
    suspended(request)
    ENDS[end](cast, request.pk)
    with pytest.raises(MoveRefused):
        access.restore(request.grant_id, note="まだ要るため", actor=cast.manager)
    assert not may(cast.clerk, Right.OPEN, request.file)
