"""The one gate around LibreOffice, and the proof of every PDF."""
