"""Verifies the signatures of a PDF, more strictly than PDF readers do.

Readers pass a file whose pages were covered or whose title was changed *after* signing, as long as the change was
appended. Here a signature holds only when everything behind it is a further signature, timestamp or proof of validity.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import SignatureError
from pipeline.model.message import say
from pipeline.sign.reports import Field, SignatureReport, Trust


def verify_signatures(data: bytes, trust: Trust) -> tuple[SignatureReport, ...]:
    """The signatures of a PDF in the order in which they were made; none when nobody signed it.

    Raises SignatureError for what is no readable PDF: encrypted, damaged, not a PDF, too big.
    """
    raise SignatureError(say("Tanda tangan belum dapat diperiksa."))


def fields_of(data: bytes) -> tuple[Field, ...]:
    """All signature fields of a PDF, signed or not, in the order of the form. Raises SignatureError as above."""
    raise SignatureError(say("Tanda tangan belum dapat diperiksa."))


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The root certificates in a file or a folder of files (PEM or DER), as DER. Raises UsageError."""
    raise SignatureError(say("Tanda tangan belum dapat diperiksa."))
