"""Information systems that hold files: who administers each, and what was agreed with them (第5条第4項)."""
