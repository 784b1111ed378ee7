"""Names as people type them: whether they are there, and what may have been meant."""

from __future__ import annotations

from pathlib import Path

from pipeline.model.message import say


def folder(text: str) -> object:
    """A folder that is there, or a message that says that it is not."""
    path = Path(text)
    try:
        found = path.is_dir()
    except (OSError, ValueError):
        found = False
    if found:
        return path
    near = _near_folder(path)
    if near:
        return say("folder {text} tidak ada; maksud Anda {near}?", text=text, near=near)
    return say("folder {text} tidak ada; periksa namanya.", text=text)


def _near_folder(path: Path) -> str:
    import difflib  # for a misspelled name only

    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_dir()]
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(path.name, names, n=1)
    return (path.parent / near[0]).as_posix() if near else ""


def near_word(text: str, words: tuple[str, ...]) -> str:
    """The one of ``words`` that is most like ``text``, "" where none is."""
    import difflib  # for a misspelled word only

    near = difflib.get_close_matches(text, words, n=1)
    return near[0] if near else ""
