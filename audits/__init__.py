"""第24–26条: audits, inspections, and the review of measures."""
