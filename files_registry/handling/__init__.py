"""Copying, sending, taking out and other risky acts; corrections; the check before sending (第12–14条)."""
