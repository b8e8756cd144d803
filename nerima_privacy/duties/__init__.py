"""The registry of duties: what the guideline asks, of whom, and whether it is met. Desks and boards read only this."""
