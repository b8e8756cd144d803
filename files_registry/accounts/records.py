"""What was answered is never changed afterwards."""

from files_registry.accounts.models import AccountAnswer
from nerima_privacy.activity.append_only import protect

protect(AccountAnswer)
