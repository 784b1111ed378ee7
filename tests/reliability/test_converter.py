"""LibreOffice fails in every way it can: the document is named, what was there stays together, neighbours are made.

The real PDFs come from the recorder, so that only the document which is to fail gets something wrong.
"""

from __future__ import annotations

import io
import shutil
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pytest

from pipeline.convert import libreoffice
from tests.reliability.office import Workplace
from tests.reliability.stages import Stage

VICTIM = "000000"
"""The first document of a batch; it keeps this name when it is tried once more alone."""
FAKE = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import os, subprocess, sys, time
from pathlib import Path
args = sys.argv[1:]
out = Path(args[args.index("--outdir") + 1])
inputs = [Path(arg) for arg in args if arg.endswith(".docx")]
made = out / "{victim}.pdf"
others = [path for path in inputs if path.stem != "{victim}"]
def real(*paths):
    if paths:
        end = args.index("--outdir") + 2
        subprocess.run([{soffice!r}, *args[:end], *map(str, paths)], check=True)
def spoil():
{script}
if len(others) < len(inputs):
    spoil()
real(*others)
"""
HALF = "made.write_bytes(b'%PDF-1.7\\n1 0 obj <<')"
REAL_THEN = "real(*[path for path in inputs if path not in others])"
FAULTS = {
    "hangs": "time.sleep(600)",
    "crashes": "os.kill(os.getpid(), 11)",
    "crashes amid a file": f"{HALF}; os.kill(os.getpid(), 9)",
    "fails": "sys.exit(81)",
    "makes nothing": "pass",
    "makes an empty file": "made.touch()",
    "makes half a file": HALF,
    "cuts off its end": f"{REAL_THEN}; made.write_bytes(made.read_bytes()[:-2000])",
    "makes a folder": "made.mkdir()",
    "makes a text": "made.write_text('Error: source file could not be loaded')",
    "makes another document": "made.write_bytes(Path({other!r}).read_bytes())",
    "adds a page": "made.write_bytes(Path({longer!r}).read_bytes())",
    "loses the tags": "made.write_bytes(Path({untagged!r}).read_bytes())",
    "locks it": "made.write_bytes(Path({locked!r}).read_bytes())",
}
TOGETHER = (".docx", ".pdf", ".ttd.json")
"""Files of one name that belong together."""


def spoilt(folder: Path, pdf: Path) -> dict[str, str]:
    """PDFs that are wrong for the document whose finished PDF is ``pdf``."""

    def saved(name: str, change: Callable[[pikepdf.Pdf], object], **how: object) -> str:
        with pikepdf.open(pdf) as opened:
            change(opened)
            out = io.BytesIO()
            opened.save(out, **how)  # type: ignore[arg-type]
        path = folder / f"{name}.pdf"
        path.write_bytes(out.getvalue())
        return str(path)

    def untag(opened: pikepdf.Pdf) -> None:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            del opened.Root[key]

    def other(opened: pikepdf.Pdf) -> None:
        for page in opened.pages:
            page.Contents = opened.make_stream(b"")

    lock = pikepdf.Encryption(owner="kunci", user="kunci")
    return {
        "other": saved("other", other),
        "longer": saved("longer", lambda opened: opened.pages.append(opened.pages[0])),
        "untagged": saved("untagged", untag),
        "locked": saved("locked", lambda _: None, encryption=lock),
    }


def faulty(place: Workplace, script: str, like: Path) -> Workplace:
    """The same place with a LibreOffice that does ``script`` to the first document of a batch."""
    program = place.folder / "soffice-rusak"
    text = script.format(**spoilt(place.folder, like)) if "{" in script else script
    whole = FAKE.format(python=sys.executable, victim=VICTIM, soffice=str(place.soffice), script=f"    {text}")
    program.write_text(whole, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    for beside in place.soffice.parent.glob("version*"):
        shutil.copy(beside, place.folder)
    return Workplace(place.folder, program)


@pytest.mark.parametrize("name", ["build", "recap", "book"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_converter_is_told_and_costs_nothing(
    stages: tuple[Stage, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, fault: str
) -> None:
    stage = next(stage for stage in reversed(stages) if stage.name == name)
    place = stage.before.copy(tmp_path / "tempat")
    old, new = place.visible(), stage.after.visible()
    bad = faulty(place, FAULTS[fault], place.folder / "outputs/uji/sop/arsip.pdf")
    real = libreoffice.convert
    for module in ("convert.libreoffice", "run.book_make"):
        monkeypatch.setattr(f"pipeline.{module}.convert", lambda jobs, **more: real(jobs, **{**more, "patience": 2.0}))
    code, told = bad.here(monkeypatch, *stage.command)
    assert code == 4, told
    assert "Traceback" not in told
    assert "Kesalahan program" not in " ".join(told.split()), told
    seen = place.visible()
    kept = [stem for stem, paths in _groups(new).items() if any(seen.get(path) != new[path] for path in paths)]
    assert len(kept) == 1, told
    assert {path: seen.get(path) for path in _groups(new)[kept[0]]} == {
        path: old.get(path) for path in _groups(new)[kept[0]]
    }, "an earlier document stays whole"
    assert kept[0] in " ".join(told.split()), told
    monkeypatch.undo()
    code, told = place.here(monkeypatch, *stage.command)
    assert code == 0, told
    assert place.visible() == new, "the next run is as if nothing had happened"


def _groups(seen: Mapping[str, str]) -> dict[str, list[str]]:
    """Documents by their names without suffix: the paths of the files that belong together."""
    found: dict[str, list[str]] = {}
    for path in seen:
        suffix = next((suffix for suffix in TOGETHER if path.endswith(suffix)), None)
        if suffix is not None and "/arsip/" not in path:
            found.setdefault(path.removesuffix(suffix), []).append(path)
    return found
