"""第15条・第17条: the ledger of what was done with a file, checks of what was typed in, and where its media lie."""
