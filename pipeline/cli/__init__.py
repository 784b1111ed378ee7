"""The command line: the only part that prints, knows click, and exits."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``tertib``."""
    try:
        from pipeline.cli.app import run
    except KeyboardInterrupt:  # nothing is loaded yet that could say so
        raise SystemExit(130) from None
    run()
