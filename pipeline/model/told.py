"""Parts of texts for people that each language puts in its own way."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.message import Message, say, verbatim


def told_list(words: Sequence[str]) -> Message:
    """Words as a list: "a", "a dan b", "a, b, dan c"; in English "a, b and c"."""
    if len(words) < 2:
        return verbatim("".join(words))
    first, last = ", ".join(words[:-1]), words[-1]
    if len(words) == 2:
        return say("{first} dan {last}", first=first, last=last)
    return say("{first}, dan {last}", first=first, last=last)
