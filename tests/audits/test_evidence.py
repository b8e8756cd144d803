"""What an officer reads of the examined units, none of it to be acted on, and what it costs (第7条第3項・第24条)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from files_registry.access import policies as access_policies
from files_registry.access import workflow as access
from files_registry.access.effective import rights_on
from files_registry.catalogue.rights import Right
from files_registry.filings.policies import visible_to as filings_visible_to
from files_registry.handling import policies as handling
from files_registry.handling import workflow as handling_verbs
from files_registry.ledgers import workflow as ledgers
from roles.holdings import load_holdings
from tests.audits import steps
from tests.files_registry import steps as filings
from tests.files_registry.access import steps as rights
from tests.files_registry.handling import making

pytestmark = [pytest.mark.django_db, pytest.mark.article("7-3", "24-1")]


def test_what_shows_the_handling_is_read_and_nothing_of_it_done(cast):
    """Requests, corrections, rules, rights and notifications: to be seen, and none of them to be acted on."""
    file = rights.held_file(cast)
    asked, draft = making.submitted(cast), making.draft(cast)
    grant = rights.requested(cast, file)
    assert not handling.visible_to(cast.audit_officer).exists()
    steps.approved(cast)
    officer = steps.fresh(cast.audit_officer)
    assert set(handling.visible_to(officer)) == {asked}
    assert draft not in handling.visible_to(officer)
    assert handling.can_see_rules(officer, cast.tax)
    assert grant in access_policies.visible_to(officer)
    assert not handling.files_to_ask_for(officer).exists()
    before = steps.everything()
    for verb, facts in [
        (access.grant, {"pk": grant.pk}),
        (access.request, {"file_pk": file.pk, **rights.wish()}),
        (access.propose, {"file_pk": file.pk, "people": [cast.clerk.pk], **rights.wish()}),
        (handling_verbs.allow, {"pk": asked.pk}),
        (handling_verbs.draft, {"file_pk": file.pk, "act": "copy"}),
    ]:
        with pytest.raises(PermissionDenied):
            verb(**facts, actor=officer)
    with pytest.raises(PermissionDenied):
        ledgers.write_entry(file.pk, kind="used", on=timezone.localdate(), done_by="例", data={}, actor=officer)
    assert steps.everything() == before


def test_notifications_are_read_once_filed(cast):
    filed, draft = filings.filed(cast), filings.draft(cast)
    steps.approved(cast)
    seen = set(filings_visible_to(steps.fresh(cast.audit_officer)))
    assert filed in seen
    assert draft not in seen


def test_nobody_but_an_officer_pays_a_query_for_it(cast, django_assert_num_queries):
    """One for who took over from whom, one for the grants; of an officer one for all that an audit needs."""
    steps.approved(cast)
    file = rights.held_file(cast)
    for name, queries in [("manager", 1), ("clerk", 1), ("audit_officer", 1)]:
        person = steps.fresh(cast.people[name])
        person._holdings = load_holdings(person)
        with django_assert_num_queries(queries):
            rights_on(person, [file])
            rights_on(person, [])


def test_an_officer_asks_once_a_request_however_many_files_and_audits(cast, django_assert_num_queries):
    files = [rights.held_file(cast, number=f"N-{n}") for n in range(20)]
    for unit in ("tax", "school", "citizens"):
        steps.approved(cast, units=(unit,))
    officer = steps.fresh(cast.audit_officer)
    officer._holdings = load_holdings(officer)
    with django_assert_num_queries(1):
        found = [rights_on(officer, files)[file.pk] for file in files]
    assert found == [frozenset({Right.OPEN})] * 20
