"""Dates as a Japanese municipality counts them: fiscal years, eras, holidays, closing days, deadlines. Pure functions."""
