"""Dates as a municipality counts them: fiscal years, eras, holidays, closing days, deadlines."""
