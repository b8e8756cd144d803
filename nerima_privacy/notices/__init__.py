"""What people are told: an outbox row in the verb's transaction, the inbox, and mail after commit."""
