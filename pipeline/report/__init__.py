"""Findings and results as text, JSON and HTML."""
