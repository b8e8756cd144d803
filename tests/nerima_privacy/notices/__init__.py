"""The outbox, its delivery and the inbox."""
