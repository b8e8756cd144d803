"""第10条: notification before holding or changing a file, and after ceasing to hold it."""
