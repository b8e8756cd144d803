"""第10–20条: the personal-information file, its notification, and its public register. One app, cut into areas."""
