"""Lets the catalogue show a file to whom a grant opens it, and lists read which files a right is held over."""

from files_registry.access.effective import allowed_files, granted, rights_on
from files_registry.catalogue.policies import register_sight
from files_registry.catalogue.rights import register_finder, register_reader

register_sight(granted)
register_finder(allowed_files)
register_reader(rights_on)
