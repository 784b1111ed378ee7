"""What verification tells of a signature, and whom it trusts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.message import Message
from pipeline.model.particulars import Box


class Level(StrEnum):
    """How long a signature can be proved (PAdES baseline, ETSI EN 319 142-1); OTHER is not PAdES."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"
    OTHER = "-"


class Trusted(StrEnum):
    """Does the certificate come from a root that the office trusts? Without such roots that was not checked."""

    YES = "tepercaya"
    NO = "tidak tepercaya"
    NOT_CHECKED = "tidak diperiksa"


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to trust: ``roots`` are certificates in DER. No network unless ``offline`` is False.

    ``now`` is the moment at which certificates must be valid where no timestamp proves an earlier one; None is the
    clock.
    """

    roots: tuple[bytes, ...] = ()
    offline: bool = True
    now: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature of a PDF. It holds when ``faults`` is empty; what was not checked is in ``notes``.

    ``signer`` is the name in the certificate, ``claimed`` the time that the signer's own clock gave and ``proved`` the
    one of a valid timestamp; both aware. ``intact``: the signed bytes are the signed ones. ``whole``: it covers the
    file to its end, or what follows are only further signatures, timestamps and proofs of validity. ``box`` is where
    it is seen, None when it is not.
    """

    field: str
    signer: str
    claimed: dt.datetime | None
    proved: dt.datetime | None
    level: Level
    intact: bool
    trusted: Trusted
    whole: bool
    faults: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()
    box: Box | None = None

    @property
    def holds(self) -> bool:
        """Nothing speaks against it. Whether its certificate is trusted may still be unknown (``trusted``)."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Field:
    """A signature field of a PDF. ``label`` is what it says of itself (``TU``: whose it is)."""

    name: str
    label: str
    signed: bool
    box: Box | None = None
