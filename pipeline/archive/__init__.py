"""Finished PDFs filed in versions with checksums."""
