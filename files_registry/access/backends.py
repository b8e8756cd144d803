"""How `person.has_perm(right, file)` is answered, wherever it is asked."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from guardian.backends import ObjectPermissionBackend

from files_registry.access.effective import rights_of
from files_registry.catalogue.models import PersonalInformationFile


class FileRightBackend(ObjectPermissionBackend):
    """guardian's backend; of a file it also asks whether every ground of the right still stands (第11条).

    guardian alone would go on saying yes to a right that has ended. Being a superuser opens nothing: `Person.has_perm`
    never asks Django about that flag.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        """Whether the person has the right now; False to anybody inactive or not logged in."""
        if not isinstance(obj, PersonalInformationFile):
            return bool(super().has_perm(user_obj, perm, obj))
        return perm.removeprefix("files_registry.") in self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> Iterable[str]:
        """The codenames of what the person may do with the object."""
        if not isinstance(obj, PersonalInformationFile):
            return super().get_all_permissions(user_obj, obj)
        if not user_obj.is_authenticated or not user_obj.is_active:
            return set()
        return {right.value for right in rights_of(user_obj, obj)}

    def get_group_permissions(self, user_obj: Any, obj: Model | None = None) -> Iterable[str]:
        """Of a file the same: a group of posts has no members of its own to be asked apart."""
        if not isinstance(obj, PersonalInformationFile):
            return super().get_group_permissions(user_obj, obj)
        return self.get_all_permissions(user_obj, obj)
