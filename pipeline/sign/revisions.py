"""What each revision that follows a signature adds to the file.

Whoever appends a revision without a signature, a timestamp or a proof of validity in it changes the file for nothing
that a signed file needs, even where nobody would ever see the change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

_PROOFS = ("/Certs", "/CRLs", "/OCSPs", "/Cert", "/CRL", "/OCSP")


def has_idle_revision(reader: Any, signed: int, intact_fields: Collection[str]) -> bool:
    """Does a revision behind ``signed`` add no field in ``intact_fields``, no signature in one, and no proof?

    ``reader`` is pyHanko's.
    """
    before = reader.get_historical_resolver(signed)
    known = _fields(before, intact_fields), _proofs(before)
    for number in range(signed + 1, reader.xrefs.total_revisions):
        after = reader.get_historical_resolver(number)
        found = _fields(after, intact_fields), _proofs(after)
        if all(new <= old for new, old in zip(found, known, strict=True)):
            return True
        known = found
    return False


def _fields(revision: Any, intact_fields: Collection[str]) -> frozenset[object]:
    """The fields whose signature or timestamp is intact in the end, and whether it is there in this revision."""
    from pyhanko.sign.fields import enumerate_sig_fields

    found = enumerate_sig_fields(revision)
    return frozenset((name, value is not None) for name, value, _ in found if name in intact_fields)


def _proofs(revision: Any) -> frozenset[object]:
    """What the store of proofs of validity holds: its streams, and for which signatures."""
    store = entry(revision.root, "/DSS", {})
    uses = entry(store, "/VRI", {})
    return frozenset(_held(store)) | {(str(key), frozenset(_held(uses[key]))) for key in uses}


def _held(store: Any) -> Iterator[object]:
    for kind in _PROOFS:
        items = entry(store, kind, ())
        for at in range(len(items)):
            yield kind, getattr(items.raw_get(at), "idnum", at)


def entry(store: Any, key: str, absent: Any) -> Any:
    """An entry of a PDF dictionary, followed to where it stands."""
    try:
        return store[key]
    except KeyError:
        return absent
