"""Sessions in the database, whose note that somebody is here costs one query."""

from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    """Django's, which wraps each save in a transaction of its own; one statement needs none."""

    def save(self, must_create: bool = False) -> None:
        """Write the session. UpdateError when it was ended meanwhile, as by logging out elsewhere."""
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row: Any = self.create_model_instance(dict(self.items()))
        changed = {"session_data": row.session_data, "expire_date": row.expire_date}
        if not self.model.objects.filter(pk=row.pk).update(**changed):
            raise UpdateError
