"""LibreOffice for tests that are not about it: what it has converted once in this session is not converted again.

The PDFs are LibreOffice's own, kept by all that it was given: the bytes and the name of the DOCX, the options, and the
locale. Whether it makes the same of the same twice is tested with the real program (``real_libreoffice``).
"""

from __future__ import annotations

import stat
import sys
from pathlib import Path

_PROGRAM = """\
#!/bin/sh
'''exec' "{python}" -I -S "$0" "$@"
' '''
import os, sys
args = sys.argv[1:]
if "--outdir" not in args:
    os.execv({soffice!r}, [{soffice!r}, *args])
import hashlib, shutil, subprocess, tempfile, time
at = args.index("--outdir")
options, out, inputs = args[:at], args[at + 1], args[at + 2:]
locale = [os.environ.get(name) for name in ("LC_ALL", "LANG", "LANGUAGE", "TZ")]
given = [arg for arg in options if not arg.startswith("-env:UserInstallation=")]


def kept(path):
    try:
        data = open(path, "rb").read()
    except OSError:
        return None
    about = repr((os.path.basename(path), given, locale)).encode()
    return os.path.join({folder!r}, hashlib.sha256(about + data).hexdigest() + ".pdf")


def pdf(folder, path):
    return os.path.join(folder, os.path.splitext(os.path.basename(path))[0] + ".pdf")


kept_as = {{path: kept(path) for path in inputs}}
new = [path for path in inputs if kept_as[path] is None or not os.path.exists(kept_as[path])]
code, process, fresh = 0, None, None
if new:
    fresh = tempfile.mkdtemp(dir={folder!r})
    process = subprocess.Popen([{soffice!r}, *options, "--outdir", fresh, *new], stdout=subprocess.DEVNULL)
try:
    for path in inputs:
        if path in new:
            # LibreOffice works in order: a file is whole when a later one is there, or when it has ended.
            later = [pdf(fresh, other) for other in new[new.index(path) + 1:]]
            while process.poll() is None and not any(map(os.path.exists, later)):
                time.sleep(0.02)
            if not os.path.exists(pdf(fresh, path)):
                continue
            if process.poll() is not None and process.returncode:
                os.replace(pdf(fresh, path), pdf(out, path))
                continue
            os.replace(pdf(fresh, path), kept_as[path])
        shutil.copyfile(kept_as[path], pdf(out, path))
    if process is not None:
        code = process.wait()
finally:
    if fresh is not None:
        shutil.rmtree(fresh, ignore_errors=True)
sys.exit(code if code >= 0 else 128 - code)
"""


def recorded(soffice: Path, folder: Path) -> Path:
    """A program in ``folder``, which several processes may share, that stands in for ``soffice``."""
    program = folder / "soffice"
    # What is taken for the build of LibreOffice is read beside the program.
    for name in ("versionrc", "version.ini"):
        beside = soffice.resolve().parent / name
        if beside.is_file():
            (folder / name).write_bytes(beside.read_bytes())
    program.write_text(_PROGRAM.format(python=sys.executable, soffice=str(soffice), folder=str(folder)), "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program
