"""Frozen values that the stages pass to one another, and the pure arithmetic on them."""
