"""Rows on finished PDFs, books and archives; they are measured in processes of their own."""

from __future__ import annotations

import tempfile

from benchmarks.measure import Row, child
from pipeline.convert.libreoffice import find_soffice


def finished_pdfs() -> list[Row]:
    """What is done to a PDF after LibreOffice, against LibreOffice itself."""
    if find_soffice() is None:
        return [Row("PDF finished and proved", "not measured: LibreOffice is not installed")]
    with tempfile.TemporaryDirectory() as name:
        found = child("pdf", name, module="benchmarks.finished")
    times = {sop: sum(parts.values()) for sop, parts in found["sops"].items()}
    ordinary, longest = min(times.values()), max(times.values())
    converted = found["libreoffice"]
    return [
        Row(
            "PDF of an SOP of 12 steps, warm: finished (PDF/A-3a, PDF/UA-1), checked, texts and drawing looked for",
            f"{ordinary:.0f} ms",
            f"LibreOffice makes it in {converted:.0f} ms, in a batch of {len(times)}: ratio {ordinary / converted:.2f}",
            "< 150 ms",
            ordinary < 150,
        ),
        Row("the same of the longest example, 25 steps on three flowchart pages", f"{longest:.0f} ms"),
    ]


def books() -> list[Row]:
    """A book of 100 SOPs, and one of 1,000 pages joined."""
    if find_soffice() is None:
        return [Row("book of SOPs", "not measured: LibreOffice is not installed")]
    with tempfile.TemporaryDirectory() as name:
        found = child(name, module="benchmarks.book")
    pages, joined, peak = found["pages"], found["join_seconds"] + found["proof_seconds"], found["pages_mb"]
    seconds = found["seconds"]
    return [
        Row(f"`tertib book`, {found['sops']} SOPs", f"{seconds:.1f} s", "", "< 5 s", seconds < 5),
        Row("peak memory of that", f"{found['peak_mb']:.0f} MB"),
        Row("the same again, nothing changed", f"{found['again_seconds']:.1f} s"),
        Row(f"{pages:,} pages joined and proved joined", f"{joined:.1f} s"),
        Row("peak memory of that", f"{peak:.0f} MB", "", "< 500 MB", peak < 500),
    ]


def archives() -> list[Row]:
    """An archive of 1,000 documents, against ``sha256sum`` over the same files."""
    if find_soffice() is None:
        return [Row("archive", "not measured: LibreOffice is not installed")]
    with tempfile.TemporaryDirectory() as name:
        found = child("archive", name, module="benchmarks.finished")
    if found["verify_code"]:
        raise SystemExit("the archive does not verify: nothing to measure")
    seconds, peer, peak = found["verify_seconds"], found["sha256sum_seconds"], found["peak_mb"]
    return [
        Row(
            f"`tertib verify` of an archive of {found['documents']:,} documents, {found['megabytes']} MB",
            f"{seconds:.1f} s",
            f"`sha256sum` over the same files {peer:.1f} s: ratio {seconds / peer:.1f}",
            "< 30 s",
            seconds < 30,
        ),
        Row("peak memory of that", f"{peak:.0f} MB"),
        Row("the same documents filed", f"{found['file_seconds']:.0f} s"),
    ]
