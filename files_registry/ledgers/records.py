"""What the ledgers say is never changed afterwards."""

from files_registry.ledgers.models import JointDisposal, LedgerEntry, Verification
from nerima_privacy.activity.append_only import protect

protect(JointDisposal, LedgerEntry, Verification)
