"""What a rule on recess data is known by, and the rules whose findings the reader of the tables makes.

Those stand here because the reader may not import the others, which are in ``pipeline.recess.rules``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.finding import Confidence, Finding, Place, Related, Severity
from pipeline.model.message import Message, say


@dataclass(frozen=True, slots=True)
class RecessRule:
    """A rule on recess data: code of the catalogue, slug, default severity, the fault it finds, its source.

    ``confidence`` is how sure the source is: below HIGH the rule is no error by default.
    """

    code: str
    name: str
    severity: Severity
    about: Message
    source: str
    confidence: Confidence = Confidence.HIGH

    def finding(
        self,
        place: Place,
        message: Message,
        help: Message,
        *,
        document: str | None = None,
        severity: Severity | None = None,
        related: Iterable[Related] = (),
        source: str | None = None,
        confidence: Confidence | None = None,
    ) -> Finding:
        """A finding of this rule at ``place``; ``severity``, ``source`` and ``confidence`` replace the rule's own."""
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message.sentence(),
            help.sentence(),
            place,
            source=self.source if source is None else source,
            related=tuple(related),
            document=document,
            confidence=confidence or self.confidence,
        )


REQUIRED = RecessRule(
    "ASP-01",
    "isian-wajib-kosong",
    Severity.ERROR,
    say("Isian wajib pada aspirasi kosong."),
    source="konvensi; kolom inventarisasi kebutuhan masyarakat",
)
AMOUNT = RecessRule(
    "ASP-03",
    "anggaran-tak-terbaca",
    Severity.WARNING,
    say("Anggaran tidak terbaca sebagai rupiah bulat."),
    source="konvensi",
)
