"""What the pickers of the site ask while somebody types. At most 20 lines, in one query."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nerima_privacy.calendars.periods import today
from nerima_privacy.web.idle import asked_while_typing
from nerima_privacy.web.pickers import SHOWN, Suggestion, suggested
from roles import picking, policies
from roles.picker_fields import AMONG, PersonField, UnitField


@asked_while_typing
@require_safe
def units(request):
    """Units by name or code, for everybody who sees the organisation; `among` narrows them to what the form takes."""
    among = AMONG.get(request.GET.get("among", ""))
    rows = policies.visible_to(request.user)
    rows = rows & among() if among else rows
    field = UnitField()
    found = picking.units_like(request.GET.get("q", ""), rows).select_related("parent", "organ")[: SHOWN + 1]
    return suggested(Suggestion(field.written(unit), unit.full_name, _about(unit)) for unit in found)


@asked_while_typing
@never_cache
@require_POST
def people(request):
    """People by name, kana or staff number, for those who write down who holds a seat and for nobody else.

    A POST, so that no name that was looked for stands in the log of a server.
    """
    if not policies.can_look_people_up(request.user):
        raise PermissionDenied
    return people_suggested(request.POST.get("q", ""))


def people_suggested(text):
    """The lines for what was typed; whoever calls it asks first who may search all who work for the ward."""
    field = PersonField()
    found = picking.with_place(picking.people_like(text))[: SHOWN + 1]
    return suggested(Suggestion(field.written(person), person.name, _where(person)) for person in found)


def _about(unit):
    ended = unit.valid_to is not None and unit.valid_to < today()
    return f"組織コード {unit.code}　{unit.organ.name}" + ("　廃止" if ended else "")


def _where(person):
    place = " ".join(part for part in (person.above, person.place) if part)
    return "　".join(part for part in (person.staff_number, place, person.title) if part)
