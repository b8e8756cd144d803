"""第22–23条: accidents and their report."""
