"""A program that behaves like a LibreOffice that stays, and misbehaves on documents whose text says so.

Of a document that is a PDF already it makes that.
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

_PROGRAM = """\
#!/bin/sh
'''exec' "{python}" -I -S "$0" "$@"
' '''
import os, signal, sys, time
args = sys.argv[1:]
profile = args[0].partition("file://")[2]
if not args[0].startswith("-env:UserInstallation=file://"):
    sys.exit("no profile of its own")
os.makedirs(profile, exist_ok=True)
note = open({log!r}, "a")
if "--convert-to" not in args:
    {start}
    open(os.path.join(profile, "pid"), "w").write(str(os.getpid()))
    folder, name = os.path.split(args[-1])
    open(os.path.join(folder, ".~lock." + name + "#"), "w").close()
    note.write("office\\n")
    note.flush()
    time.sleep(3600)
if os.path.exists(os.path.join(profile, "pid")):
    office = int(open(os.path.join(profile, "pid")).read())
else:
    office = 0
at = args.index("--outdir")
for path in args[at + 2:]:
    note.write("document\\n" if office else "alone\\n")
    note.flush()
    data = open(path, "rb").read()
    text = data.decode("latin-1")
    made = os.path.join(args[at + 1], os.path.splitext(os.path.basename(path))[0] + ".pdf")
    if data.startswith(b"%PDF"):
        open(made, "wb").write(data)
        continue
    if text.startswith("hangs"):
        time.sleep(3600)
    if text.startswith("crashes"):
        open(made, "w").write("half")
        os.kill(office or os.getpid(), signal.SIGKILL)
        time.sleep(3600)
    if text.startswith("fails"):
        open(made, "w").write("half")
        sys.exit(81)
    if text.startswith("nothing"):
        continue
    if text.startswith("weary") and office and not os.path.exists({log!r} + ".rested"):
        open({log!r} + ".rested", "w").close()
        continue
    open(made, "w").write("PDF of " + text)
"""
STAYS = "pass"
ENDS = "sys.exit(0)"
SILENT = "time.sleep(3600)"


def office_like(folder: Path, start: str = STAYS) -> Path:
    """The program, in ``folder``; what it was called for stands in ``folder/catatan``."""
    program = folder / "soffice"
    text = _PROGRAM.format(python=sys.executable, log=str(folder / "catatan"), start=start)
    program.write_text(text, encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def calls(folder: Path) -> list[str]:
    """What the program was called for: "office", "document" handed to one, or "alone"."""
    log = folder / "catatan"
    return log.read_text().split() if log.exists() else []
