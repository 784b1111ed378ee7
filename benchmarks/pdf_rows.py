"""Rows on DOCX to PDF: see ``benchmarks.converters`` for what is compared."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.measure import Measured, Row, child
from pipeline.convert.libreoffice import find_soffice

COUNT = 60
ROUNDS = 3
SHARE = 0.6
PEERS = {"each": "a LibreOffice process each", "one call": "one LibreOffice call for all"}


def conversions(count: int = COUNT, rounds: int = ROUNDS) -> Measured:
    """The part."""
    if find_soffice() is None:
        return Measured((Row("DOCX to PDF", "not measured: LibreOffice is not installed"),))
    with tempfile.TemporaryDirectory() as name:
        found = child(str(count), str(rounds), name, module="benchmarks.converters")
    batch = {name: statistics.median(seconds) for name, seconds in found["batch"].items()}
    single = {name: statistics.median(seconds) for name, seconds in found["single"].items()}
    figures = {"batch": batch | {"each": found["each"]}, "single": single, "count": found["count"]}
    return Measured((*_batch_rows(figures), *_single_rows(single), *_missing(batch)), figures)


def _batch_rows(figures: Mapping[str, Any]) -> Iterator[Row]:
    batch, count = figures["batch"], figures["count"]
    told = "; ".join(f"{peer(name)} {batch[name]:.3f} s" for name in batch if not name.startswith("tertib"))
    for name, what in (("tertib", "conversion alone"), ("tertib proved", "finished and proved")):
        ratio = batch[name] / batch["one call"]
        yield Row(
            f"PDF of an SOP in a batch of {count}, all cores, {what}",
            f"{batch[name]:.3f} s: {ratio:.2f} of one LibreOffice call",
            told,
            f"<= {SHARE} of one call for all",
            ratio <= SHARE,
            f"PDF per document in a batch, both cores: {what}",
        )
        told = ""
    yield Row("the same, finished and proved, by LibreOffices that run already", f"{batch['tertib running']:.3f} s")


def _single_rows(single: Mapping[str, float]) -> Iterator[Row]:
    told = "; ".join(f"{peer(name)} {s:.2f} s" for name, s in single.items() if name in {"each", "unoserver 1"})
    yield Row("PDF of one SOP, finished and proved, nothing running", f"{single['tertib proved']:.2f} s", told)
    yield Row("the same by a LibreOffice that runs already", f"{single['tertib running']:.2f} s")


def _missing(batch: Mapping[str, float]) -> Iterator[Row]:
    if not any(name.startswith("unoserver") for name in batch):
        yield Row("unoserver: the same documents", "not measured: it is not installed (`make peers`)")


def peer(name: str) -> str:
    """How a way to convert is told."""
    if name.startswith("unoserver"):
        number = name.split()[1]
        return "unoserver, running already" if number == "1" else f"{number} unoservers, running already"
    return PEERS[name]
