"""Commands of the registry of duties."""
