"""Tells the legal parameters which acts and levels there are, so that an administrator can name only those."""

from files_registry.handling.acts import Act, Level
from nerima_privacy.law.catalogue import offer_levels

offer_levels("handling.requirements", dict(Act.choices), dict(Level.choices))
