"""第8–9条: training, and the acknowledgement of instructions."""
