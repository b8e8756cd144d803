"""Search over what the reader may see."""
