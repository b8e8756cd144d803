"""The append-only record of who did what to what, when, in which post and why; sealed in a chain, anchored outside."""
