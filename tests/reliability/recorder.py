"""A stand-in for LibreOffice that is quick on what the real one has converted before, and starts it for the rest.

The PDFs it gives are LibreOffice's own, kept by the hash of their DOCX, so a run can be repeated many times. ``PAUSE``
seconds pass before each of them, so that there is a time in which a run can be killed.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from pipeline.convert.libreoffice import find_soffice

PAUSE = 0.15
_PROGRAM = """\
#!/bin/sh
'''exec' "{python}" "$0" "$@"
' '''
import hashlib, shutil, subprocess, sys, tempfile, time
from pathlib import Path
args = sys.argv[1:]
out = Path(args[args.index("--outdir") + 1])
kept = Path({kept!r})
inputs = [Path(arg) for arg in args if arg.endswith(".docx")]
names = {{path: kept / (hashlib.sha256(path.read_bytes()).hexdigest() + ".pdf") for path in inputs}}
new = [path for path, name in names.items() if not name.exists()]
if new:
    fresh = Path(tempfile.mkdtemp(dir=kept))
    before = args[: args.index("--outdir") + 1]
    subprocess.run([{soffice!r}, *before, str(fresh), *map(str, new)], check=True, stdout=subprocess.DEVNULL)
    for path in new:
        (fresh / f"{{path.stem}}.pdf").replace(names[path])
for path in inputs:
    time.sleep({pause})
    shutil.copyfile(names[path], out / f"{{path.stem}}.pdf")
"""


def recorder(folder: Path) -> Path:
    """The program, in ``folder``. LibreOffice must be here."""
    soffice = find_soffice()
    assert soffice is not None
    kept = folder / "terekam"
    kept.mkdir(parents=True, exist_ok=True)
    program = folder / "soffice-perekam"
    text = _PROGRAM.format(python=sys.executable, kept=str(kept), soffice=str(soffice), pause=PAUSE)
    program.write_text(text, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    # What is taken for the build of LibreOffice is read beside the program.
    for name in ("versionrc", "version.ini"):
        beside = soffice.resolve().parent / name
        if beside.is_file():
            (folder / name).write_bytes(beside.read_bytes())
    return program
