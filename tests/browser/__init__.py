"""A real Chromium against a real demonstration site, started for the run with a database of its own."""
