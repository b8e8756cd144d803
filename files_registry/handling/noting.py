"""What was done stands in the file's ledger by itself, with the way back to its request or check (第15条)."""

from files_registry.handling.acts import Act, Channel, Encryption
from files_registry.handling.models import HandlingRequest, ReturnKind, SendingCheck
from files_registry.ledgers.models import EntryKind, Medium
from files_registry.ledgers.writing import note
from roles.models import Appointment, Person

KINDS = {
    Act.COPY: EntryKind.COPIED,
    Act.SEND: EntryKind.MOVED,
    Act.SEND_OUT: EntryKind.MOVED,
    Act.TAKE_OUT: EntryKind.MOVED,
    Act.OTHER: EntryKind.USED,
}
MEDIA = {
    "paper": Medium.PAPER,
    "usb": Medium.USB,
    "drive": Medium.USB,
    "disc": Medium.DISC,
    "laptop": Medium.DEVICE,
    "phone": Medium.DEVICE,
    "server": Medium.SERVER,
    "": "",
}
SENT = {Channel.MAIL: Medium.MAIL, Channel.FAX: Medium.PAPER}
ENDS = {ReturnKind.RETURNED: EntryKind.RETURNED, ReturnKind.ERASED: EntryKind.ERASED}


def note_done(request: HandlingRequest, *, actor: Person, post: Appointment | None) -> None:
    """The act was done. Within the verb's transaction; the verb has asked the right and records.

    Where something goes is the place of the line: a move has no other column for it.
    """
    where = request.place or request.recipient
    note(
        request.file,
        kind=KINDS[Act(request.act)],
        actor=actor,
        source=request,
        on=request.done_on,
        done_by=request.applicant.name,
        post=post,
        persons=request.persons,
        medium=MEDIA.get(request.medium, Medium.OTHER) or _by(request.channel, request.encryption),
        purpose=request.reason,
        scope=_in_a_line(request.items),
        place=where,
        method=request.act_text or "　".join(filter(None, [request.get_act_display(), request.get_channel_display()])),
        witness=_second(request.confirmed_check),
    )


def note_sent(check: SendingCheck, *, actor: Person, post: Appointment | None) -> None:
    """What was checked by two was sent, where no request says so."""
    note(
        check.file,
        kind=EntryKind.MOVED,
        actor=actor,
        source=check,
        on=check.sent_on,
        done_by=check.filled_by.name,
        post=post,
        persons=check.persons,
        medium=_by(check.channel, check.encryption),
        purpose=check.what,
        scope=_in_a_line(check.items),
        place=check.recipient,
        method=f"{check.get_channel_display()}　{check.sent_how}",
        witness=_second(check),
        remarks=f"手もとに残ったもの：{check.remains}",
    )


def _in_a_line(items: str) -> str:
    return "、".join(items.splitlines())


def _by(channel: str, encryption: str) -> str:
    """On what it was sent, as far as the way says; empty for an act that sends nothing."""
    if not channel:
        return ""
    return Medium.PAPER if encryption == Encryption.PAPER else SENT.get(Channel(channel), Medium.OTHER)


def _second(check: SendingCheck | None) -> str:
    return check.confirmed_by.name if check is not None and check.confirmed_by is not None else ""


def note_returned(request: HandlingRequest, *, actor: Person, post: Appointment | None) -> None:
    """What was copied or taken out is back, or erased."""
    note(
        request.file,
        kind=ENDS[ReturnKind(request.return_kind)],
        actor=actor,
        source=request,
        on=request.returned_on,
        done_by=request.applicant.name,
        post=post,
        persons=request.persons,
        medium=MEDIA.get(request.medium, Medium.OTHER),
        scope=_in_a_line(request.items),
        counterpart=request.recipient,
        method=request.return_evidence,
    )
