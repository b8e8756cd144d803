"""Lets the catalogue show a file to whom a grant opens it."""

from files_registry.access.effective import granted
from files_registry.catalogue.policies import register_sight

register_sight(granted)
