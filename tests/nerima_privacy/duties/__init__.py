"""The registry of duties, the desk, the board and the sweep."""
