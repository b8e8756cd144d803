"""Requests, checks and corrections of the ward that is measured: in every state, some late."""

from datetime import timedelta
from itertools import islice

from django.utils import timezone

from files_registry.catalogue.models import FileStatus, PersonalInformationFile
from files_registry.handling.models import Correction, CorrectionStatus, HandlingRequest, HandlingStatus, SendingCheck
from nerima_privacy.calendars.periods import today
from roles.models import Posting
from tests.bench.copying import STENCIL, copy, give_history

H, C = HandlingStatus, CorrectionStatus
STATES = [H.DRAFT, H.SUBMITTED, H.ALLOWED, H.DONE, H.RETURNED, H.CLOSED, H.CLOSED, H.CLOSED, H.REFUSED, H.WITHDRAWN]


def build_handling(count, chance):
    """`count` requests, a tenth as many corrections; a check waits for its second person in each tenth request."""
    held = PersonalInformationFile.objects.filter(status=FileStatus.HELD).order_by("pk").values_list("pk", "unit")
    files = list(islice(held, STENCIL))
    people = list(Posting.objects.order_by("pk").values_list("person", "unit")[:STENCIL])
    base = min(STENCIL, count)
    HandlingRequest.objects.bulk_create(a_request(n, files, people, chance) for n in range(base))
    spread = spread_over(PersonalInformationFile, base)
    own = f"(SELECT f.unit_id FROM {PersonalInformationFile._meta.db_table} f WHERE f.id = {spread})"
    sent = list(HandlingRequest.objects.filter(channel="mail").order_by("pk"))
    copy(HandlingRequest, base, count // base, {"file_id": spread, "unit_id": own})
    SendingCheck.objects.bulk_create(a_check(request, people, n) for n, request in enumerate(sent))
    Correction.objects.bulk_create(a_correction(n, files, people, chance) for n in range(max(20, base // 10)))
    for model in (HandlingRequest, SendingCheck, Correction):
        give_history(model)


def spread_over(model, step):
    """The key of one of all rows of `model`, another for each copy."""
    first, many = model.objects.order_by("pk").first().pk, model.objects.count()
    return f"{first} + (t.file_id - {first} + k.n * {step}) % {many}"


def a_request(n, files, people, chance):
    (file, unit), (person, works) = files[n % len(files)], people[n % len(people)]
    status = STATES[n % len(STATES)]
    at = timezone.now() - timedelta(days=chance.randrange(1, 200))
    decided = status in {H.ALLOWED, H.DONE, H.RETURNED, H.CLOSED, H.REFUSED}
    done = status in {H.DONE, H.RETURNED, H.CLOSED}
    returned = status in {H.RETURNED, H.CLOSED}
    day = at.date()
    return HandlingRequest(
        act="send" if status == H.ALLOWED else "take_out",
        channel="mail" if status == H.ALLOWED else "",
        status=status,
        status_since=at,
        file_id=file,
        unit_id=unit,
        applicant_id=person,
        applicant_unit_id=works,
        prepared_by_id=person,
        items="氏名\n住所",
        persons=chance.randrange(1, 400),
        begins_on=day,
        ends_on=day + timedelta(days=5),
        return_due_on=None if status == H.ALLOWED else day + timedelta(days=7),
        reason="測定のため",
        submitted_at=None if status == H.DRAFT else at,
        basis="decided" if decided and status != H.REFUSED else "",
        decided_by_id=people[(n + 1) % len(people)][0] if decided else None,
        decided_at=at if decided else None,
        done_on=day if done else None,
        done_at=at if done else None,
        return_kind="erased" if returned else "",
        returned_on=day + timedelta(days=6) if returned else None,
        return_evidence="二人で見た。" if returned else "",
        closed_at=at if status in {H.CLOSED, H.WITHDRAWN} else None,
    )


def a_check(request, people, n):
    return SendingCheck(
        request=request,
        file_id=request.file_id,
        unit_id=request.unit_id,
        sender_unit_id=request.applicant_unit_id,
        status_since=request.status_since,
        channel="mail",
        points=[{"code": "address", "label": "宛先を見くらべた"}],
        filled_by_id=request.applicant_id,
        filled_at=request.status_since,
        asked_of_id=people[(n + 2) % len(people)][0],
    )


def a_correction(n, files, people, chance):
    file, unit = files[n % len(files)]
    status = [C.FOUND, C.INSTRUCTED, C.DONE, C.CHECKED][n % 4]
    at = timezone.now() - timedelta(days=chance.randrange(20, 200))
    ordered = status != C.FOUND
    done = status in {C.DONE, C.CHECKED}
    return Correction(
        status=status,
        status_since=at,
        file_id=file,
        unit_id=unit,
        found_by_id=people[n % len(people)][0],
        found_on=at.date(),
        items="住所",
        description="測定のための誤り",
        instruction="直すこと。" if ordered else "",
        instructed_by_id=people[(n + 1) % len(people)][0] if ordered else None,
        instructed_at=at if ordered else None,
        due_on=min(at.date() + timedelta(days=10), today()) if ordered else None,
        done_on=at.date() + timedelta(days=3) if done else None,
        done_by_id=people[n % len(people)][0] if done else None,
        checked_by_id=people[(n + 1) % len(people)][0] if status == C.CHECKED else None,
    )
