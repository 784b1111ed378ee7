"""The nearest known name to one that is not known: "maksud Anda ...?"."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.message import NOTHING, Message, say


def nearest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """The member of ``known`` most like ``word`` (case ignored), or "" when none is like it enough."""
    from difflib import get_close_matches

    names = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(names), n=1, cutoff=cutoff)
    return names[found[0]] if found else ""


def meant(near: str) -> Message:
    """The question whether ``near`` was meant, to stand before another sentence; nothing for ""."""
    return say("Maksud Anda `{near}`? ", near=near) if near else NOTHING


def did_you_mean(word: str, known: Iterable[str]) -> Message:
    """What to do about the unknown ``word``: the nearest known name, or the list of them."""
    names = tuple(known)
    near = nearest(word, names)
    if near:
        return say("Maksud Anda `{near}`?", near=near)
    if not names:
        return say("Belum ada satu pun di sana; tambahkan, atau perbaiki yang tertulis di sini.")
    listed = ", ".join(f"`{name}`" for name in names)
    return say("Yang dikenal: {names}.", names=listed)
