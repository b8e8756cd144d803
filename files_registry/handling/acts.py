"""The acts of 第12条, the channels of 第14条, and what a request of each act must say."""

from dataclasses import dataclass

from django.db import models

from files_registry.catalogue.rights import Right


class Act(models.TextChoices):
    """The acts 保護責任者 limits (第12条). The value is the word of law parameter `handling.requirements`."""

    COPY = "copy", "複製"
    SEND = "send", "送信・掲載"
    SEND_OUT = "send_out", "媒体の外部への送付"
    TAKE_OUT = "take_out", "媒体の持出し"
    OTHER = "other", "その他の行為"


class Level(models.TextChoices):
    """What an act needs, by the confidentiality of the file; from the least to the most."""

    NOTE = "note", "記録だけでよい"
    STANDING = "standing", "包括許可でよい"
    EACH = "each", "その都度の許可が要る"


STRICTNESS = (Level.NOTE, Level.STANDING, Level.EACH)


class Channel(models.TextChoices):
    """By which way something is sent; each has a checklist, law parameter `sending.checklist_…` (第14条)."""

    MAIL = "mail", "電子メール・ファイル転送"
    FAX = "fax", "ファクス"
    WEB = "web", "ウェブサイトへの掲載"
    POST = "post", "郵送・交換便"
    HAND_OVER = "hand_over", "手渡し"

    @property
    def checklist(self) -> str:
        """The key of its checklist."""
        return f"sending.checklist_{self.value}"

    @property
    def act(self) -> Act:
        """The act of 第12条 that sending by this way is."""
        return Act.SEND_OUT if self in {Channel.POST, Channel.HAND_OVER} else Act.SEND


class Encryption(models.TextChoices):
    """How what is handled is kept from being read."""

    ENCRYPTED = "encrypted", "暗号化する"
    PLAIN = "plain", "暗号化しない"
    PAPER = "paper", "紙など、暗号化できないもの"


@dataclass(frozen=True)
class Says:
    """What a request of an act says: the fields it must, and those it may; `returns` is due back or to be erased."""

    what: str
    must: tuple[str, ...]
    may: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    rights: tuple[Right, ...] = (Right.OPEN, Right.OUTPUT)

    @property
    def fields(self) -> tuple[str, ...]:
        """All of them, in the order of the form."""
        return tuple(name for name in ORDER if name in self.must or name in self.may)


ORDER = (
    *("act_text", "channel", "items", "persons", "medium", "encryption", "encryption_note", "recipient", "place"),
    *("begins_on", "ends_on", "return_due_on", "reason", "standing"),
)
_ALWAYS = ("items", "persons", "begins_on", "ends_on", "reason")
_KEPT = ("medium", "encryption")
SAYS: dict[Act, Says] = {
    Act.COPY: Says(
        "紙や電子データの写しを作る。", (*_ALWAYS, *_KEPT, "place", "return_due_on"), ("encryption_note", "standing")
    ),
    Act.SEND: Says(
        "電子メール、ファイル転送、ファクスで送る。ウェブサイトに載せる。",
        (*_ALWAYS, "channel", "encryption", "recipient"),
        ("encryption_note", "standing"),
        (Channel.MAIL, Channel.FAX, Channel.WEB),
    ),
    Act.SEND_OUT: Says(
        "記録した紙や媒体を、庁舎の外へ郵送する、または手渡す。",
        (*_ALWAYS, *_KEPT, "channel", "recipient"),
        ("encryption_note", "return_due_on", "standing"),
        (Channel.POST, Channel.HAND_OVER),
    ),
    Act.TAKE_OUT: Says(
        "記録した紙、端末、媒体を、庁舎の外へ持ち出して使う。",
        (*_ALWAYS, *_KEPT, "place", "return_due_on"),
        ("encryption_note", "standing"),
    ),
    Act.OTHER: Says(
        "複製・送信・持出しのほかで、管理に支障を及ぼすおそれのある行為をする。",
        (*_ALWAYS, "act_text"),
        ("place", "return_due_on", "standing"),
        rights=(),
    ),
}
