"""What the book published, and on which judgement, is never changed afterwards."""

from files_registry.register.models import Edition, EditionEntry, EntrySource, ListingDecision
from nerima_privacy.activity.append_only import protect

protect(ListingDecision, Edition, EditionEntry, EntrySource)
