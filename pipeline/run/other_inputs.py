"""Whether a PDF that came back was made by this program too, from other inputs than the original that is known."""

from __future__ import annotations

from pipeline.errors import TertibError
from pipeline.run.carried_inputs import Bundle, altered, opened
from pipeline.run.finishing import ORIGIN
from pipeline.sign.changes import Comparison, Kind


def other_inputs(original: bytes, returned: bytes, compared: Comparison) -> tuple[str, ...]:
    """The inputs that differ, when nothing else does: both print the same, and each carries what it was made from.

    None where a file was put into the PDF, or is not what the PDF's own ``asal.json`` says of it.
    """
    if not compared.changes or any(change.kind is not Kind.ATTACHMENT for change in compared.changes):
        return ()
    try:
        before, after = opened(original), opened(returned)
    except TertibError:
        return ()
    own = {one.name for one in after.particulars().attachments} | {ORIGIN}
    if altered(after) or before.document != after.document or not {one.added for one in compared.changes} <= own:
        return ()
    then, now = _inputs(after), _inputs(before)
    return tuple(sorted(path for path in {*then, *now} if then.get(path) != now.get(path)))


def _inputs(bundle: Bundle) -> dict[str, str]:
    return {one["jalur"]: one["sha256"] for one in bundle.origin["masukan"]}
