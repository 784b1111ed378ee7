"""What LibreOffice takes for a document, measured."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pipeline.convert.libreoffice import find_soffice, missing
from pipeline.errors import ProofError
from pipeline.model.message import say

COPIES: Final = 4
"""Times that each document is converted besides the first, which pays for the start of the program."""
_LONGEST: Final = 600.0


def seconds_per_document(documents: Sequence[Path], *, copies: int = COPIES) -> float:
    """Seconds of a processor that LibreOffice takes for one of ``documents``, its start left out.

    On Windows, which does not tell, it is the time on the clock. Raises MissingProgramError, and ProofError when
    LibreOffice does not convert them all.
    """
    once, more = _seconds(documents, 1), _seconds(documents, copies + 1)
    return max(0.0, (more - once) / (copies * len(documents)))


def _seconds(documents: Sequence[Path], copies: int) -> float:
    program = find_soffice()
    if program is None:
        raise missing()
    with tempfile.TemporaryDirectory(prefix="tertib-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        inputs = [folder / f"{copy}-{number}.docx" for copy in range(copies) for number in range(len(documents))]
        for place, made in enumerate(inputs):
            shutil.copyfile(documents[place % len(documents)], made)
        command = [
            str(program),
            f"-env:UserInstallation={(folder / 'profil').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--convert-to", "pdf", "--outdir", str(folder / "pdf")),
            *map(str, inputs),
        ]
        seconds = _run(command)
        if sum(1 for _ in (folder / "pdf").glob("*.pdf")) != len(inputs):
            raise ProofError(say("LibreOffice tidak mengubah semua dokumen menjadi PDF, jadi waktunya tidak terukur."))
    return seconds


def _run(command: list[str]) -> float:
    quiet = subprocess.DEVNULL
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
    before, start = _of_children(), time.perf_counter()
    try:
        subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, timeout=_LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ProofError(say("LibreOffice tidak selesai, jadi waktunya tidak terukur.")) from error
    return time.perf_counter() - start if before is None else (_of_children() or 0.0) - before


def _of_children() -> float | None:
    """Processor seconds of the processes that this one started and that have ended."""
    if sys.platform == "win32":
        return None
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
