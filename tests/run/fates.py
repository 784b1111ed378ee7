"""What can become of a PDF while it is finished in another process; these travel there by name."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ProofError
from pipeline.model.message import say


@dataclass(frozen=True)
class Fate:
    """Finishes a PDF, or does not, as ``kind`` says."""

    kind: str

    def __call__(self, path: Path) -> tuple[str, int]:
        """Its kind and the process it was finished in."""
        if self.kind == "dies":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.kind == "fails":
            raise ProofError(say("Tidak dapat.")) from ValueError("the cause")
        return self.kind, os.getpid()
