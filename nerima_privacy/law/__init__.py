"""Numbers and lists the law or the ward may change, each with its dates and its source."""
