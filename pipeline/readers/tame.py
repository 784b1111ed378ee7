"""Which regular expressions of offices are safe to run: some take for ever on a text that does not match."""

from __future__ import annotations

import re
from typing import Final

MOST_REPEATS: Final = 6
"""So many endless repetitions one after the other are still quick on a text as short as a number."""
_PLAIN: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""An escaped sign or a set of signs: one sign of a text, whatever stands in it."""
_ENDLESS: Final = r"(?:[*+]|\{\d*,\})[?+]?"
_INNERMOST: Final = re.compile(rf"\((?:\?(?:P<\w*>|[\w-]*:|<?[=!]|P=\w*))?(?P<body>[^()]*)\)(?P<repeat>{_ENDLESS})?")
_NESTED: Final = re.compile(rf"{_ENDLESS}|\|")


def is_tame(pattern: str) -> bool:
    """Is there no endless repetition, and no choice, inside an endless repetition, and are there only a few at all?

    Such nesting makes the time double with every sign; it is refused even where it would do no harm.
    """
    left = _PLAIN.sub("x", pattern)
    if len(re.findall(_ENDLESS, left)) > MOST_REPEATS:
        return False
    while group := _INNERMOST.search(left):
        nested = _NESTED.search(group["body"]) is not None
        if nested and group["repeat"]:
            return False
        kept = "x+" if nested or group["repeat"] else "x"
        left = left[: group.start()] + kept + left[group.end() :]
    return True
