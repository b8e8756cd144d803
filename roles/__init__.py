"""第2–7条: executive organs, units, people, their posts, and who holds which seat."""
