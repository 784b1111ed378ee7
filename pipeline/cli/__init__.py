"""The command line: the only part that prints, knows click, and exits."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``tertib``."""
    from pipeline.cli.app import run

    run()
