"""Recess data grouped and summed."""
