"""Rows on recesses: 5,000 and 100,000 proposals, docxtpl's own loop beside them, and their PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measure import TERTIB, Measured, Row, child, expect, run
from benchmarks.recess_data import RECESS, make_office

USUAL, LARGE, PRINTED = 5_000, 100_000, 1_000
"""Proposals of a usual recess, of a province's largest, and of the one whose PDF is made."""


def recesses() -> Measured:
    """The part."""
    return Measured((*recaps(), *recess_pdf()))


def recaps() -> list[Row]:
    """Recesses of 5,000 and of 100,000 proposals, and docxtpl's own loop with the same template."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        usual, large = root / "usual", root / "large"
        make_office(usual / "inputs" / "kantor", proposals=USUAL, earlier=True, areas=True)
        make_office(large / "inputs" / "kantor", proposals=LARGE)
        documents = run([*TERTIB, "recap", "--no-pdf", f"inputs/kantor/reses/{RECESS}"], cwd=usual)
        expect([documents])
        made = len(list(usual.glob("outputs/**/*.docx")))
        plain = child("docxtpl", str(usual / "inputs" / "kantor"), module="benchmarks.recess")
        found = child("totals", str(large / "inputs" / "kantor"), module="benchmarks.recess")
    stages = {name: f"{found[name]:.1f} s" for name in ("check", "inventory")}
    totals, inventory = found["check"] + found["group"], found["inventory"] + found["proof"]
    return [
        Row(
            f"`tertib recap --no-pdf`, 50 members, {USUAL:,} proposals: {made} DOCX, workbook, CSV, JSON",
            f"{documents.seconds:.1f} s",
            "",
            "< 20 s",
            documents.seconds < 20,
        ),
        Row("peak memory of that", f"{documents.peak_mb:.0f} MB"),
        Row(
            f"{LARGE:,} proposals read and checked ({stages['check']}), "
            f"grouped to {found['needs']:,} needs and totalled",
            f"{totals:.1f} s",
            "",
            "< 60 s",
            totals < 60,
        ),
        Row("peak memory of that", f"{found['totals_mb']:.0f} MB", "", "< 1500 MB", found["totals_mb"] < 1500),
        Row(
            f"their inventory as one DOCX ({found['xml_mb']} MB of XML), filled ({stages['inventory']}) and proved",
            f"{inventory:.1f} s",
            "",
            "< 60 s",
            inventory < 60,
        ),
        Row(f"the same in {found['volume_count']} volumes", f"{found['volumes']:.1f} s"),
        Row("peak memory of all that", f"{found['peak_mb']:.0f} MB", "", "< 1500 MB", found["peak_mb"] < 1500),
        *(
            Row(
                f"the plenary's template filled, {rows} rows",
                f"{ours:.2f} s",
                f"docxtpl, its own loop, {peer:.2f} s: {peer / ours:.1f} times",
            )
            for rows, ours, peer in zip(plain["rows"], plain["tertib"], plain["docxtpl"], strict=True)
        ),
    ]


def recess_pdf() -> list[Row]:
    """All documents of a recess as PDF, each proved, against one call of LibreOffice for all of the same DOCX."""
    from pipeline.convert.libreoffice import find_soffice

    program = find_soffice()
    if program is None:
        return [Row("PDF of the documents of a recess", "not measured: LibreOffice is not installed")]
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_office(root / "inputs" / "kantor", proposals=PRINTED)
        recap = [*TERTIB, "recap", f"inputs/kantor/reses/{RECESS}"]
        expect([run([*recap, "--no-pdf"], cwd=root)])
        documents = sorted(root.glob("outputs/**/*.docx"))
        (root / "satu").mkdir()
        copies = [root / "satu" / f"{number}.docx" for number in range(len(documents))]
        for document, copy in zip(documents, copies, strict=True):
            copy.write_bytes(document.read_bytes())
        profile = f"-env:UserInstallation={(root / 'profil').as_uri()}"
        call = [str(program), profile, "--headless", "--convert-to", "pdf", "--outdir", str(root / "pdf")]
        peer = run([*call, *map(str, copies)], cwd=root)
        if len(list((root / "pdf").glob("*.pdf"))) != len(copies):
            raise SystemExit("the one call of LibreOffice did not make every PDF: nothing to compare with")
        ours, again = run(recap, cwd=root), run(recap, cwd=root)
        expect([ours, again])
        if len(list(root.glob("outputs/**/*.pdf"))) != len(documents):
            raise SystemExit("a PDF is missing: nothing to measure")
    made = ours.seconds - again.seconds  # a second run does all but the PDF
    return [
        Row(
            f"`tertib recap`, 50 members, {PRINTED:,} proposals: PDF of {len(documents)} DOCX, each proved",
            f"{made:.1f} s",
            f"one LibreOffice call, no proof {peer.seconds:.1f} s: {made / peer.seconds:.2f} times as long",
            "no longer than the one call",
            made <= peer.seconds,
        ),
    ]
