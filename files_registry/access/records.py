"""What was opened, and what was refused, is never changed afterwards."""

from files_registry.access.models import Opening
from nerima_privacy.activity.append_only import protect

protect(Opening)
