"""Who may decide what is in the public book and publish it: 情報公開課 (法第75条, 令第21条)."""

from roles.holdings import holdings_of
from roles.models import Appointment, Person
from roles.seats import Seat

DECIDERS = (Seat.DISCLOSURE_MANAGER, Seat.DISCLOSURE_STAFF)
READERS = (*DECIDERS, Seat.GENERAL_PROTECTION_MANAGER)


def decider_post(user: Person) -> Appointment | None:
    """The post in which `user` decides listings: 情報公開課長 or a member of its staff."""
    return holdings_of(user).post(*DECIDERS)


def can_decide_listing(user: Person) -> bool:
    """情報公開課長 and its staff judge whether a held file belongs in the book (法第75条第2項・第3項)."""
    return decider_post(user) is not None


def publisher_post(user: Person) -> Appointment | None:
    """The post in which `user` publishes: 情報公開課長 only."""
    return holdings_of(user).post(Seat.DISCLOSURE_MANAGER)


def can_publish(user: Person) -> bool:
    """情報公開課長 makes the book public (令第21条第5項); the staff prepare it."""
    return publisher_post(user) is not None


def can_see_preparation(user: Person) -> bool:
    """What is left off, undecided, or about to be published: 情報公開課 and 総括保護管理者.

    Everybody else of the ward reads the editions, as the public does.
    """
    return holdings_of(user).has(*READERS)
