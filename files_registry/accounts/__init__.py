"""Account lists of real business systems, compared with the rights that were granted here (第11条第1項・第5条第4項)."""
