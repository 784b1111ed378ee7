"""The command line: the only part that prints, knows click, and exits."""

from __future__ import annotations


def main() -> None:
    """Entry point of ``tertib``."""
    try:
        from pipeline.cli.app import run
    except KeyboardInterrupt:  # nothing is loaded yet that could say so
        raise SystemExit(130) from None
    except ImportError as fault:  # the libraries were installed nowhere, or for another Python
        raise SystemExit(_told(fault)) from fault
    run()


def _told(fault: ImportError) -> int:
    """Say which library is missing, without any; the exit code."""
    import os
    import sys

    from pipeline.cli.language import choose
    from pipeline.errors import missing_part
    from pipeline.model.message import say

    missing = missing_part(fault)
    if missing is None:
        raise fault
    lang = choose(sys.argv[1:], os.environ)
    print(f"{say('Gagal').text(lang)}: {missing.text(lang)}", file=sys.stderr)
    return missing.exit_code
