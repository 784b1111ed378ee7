"""The stand-in of the other tests gives what LibreOffice gave, asks it once for each document, and hides no fault."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from tests.recorded import recorded

# Its "PDF" is the number of the call and the document; one named "rusak" gives none, one with "9" in it ends with 9.
PROGRAM = """#!/bin/sh
printf x >> "{calls}"
while [ "$1" != --outdir ]; do shift; done
out="$2"; shift 2
for docx in "$@"; do
    case "$docx" in *rusak*) continue ;; esac
    {{ wc -c < "{calls}"; cat "$docx"; }} > "$out/$(basename "$docx" .docx).pdf"
    grep -q 9 "$docx" && exit 9
done
exit 0
"""


class Place:
    """A folder with documents, the program, and what it made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "dipanggil"
        real = folder / "soffice-asli"
        real.write_text(PROGRAM.format(calls=self.calls))
        real.chmod(real.stat().st_mode | stat.S_IXUSR)
        (folder / "rekaman").mkdir()
        self.program = recorded(real, folder / "rekaman")
        self.number = 0

    def made(self, *, option: str = "pdf", **texts: str) -> tuple[int, dict[str, str]]:
        """The exit code, and what came out of documents by their names."""
        self.number += 1
        out = self.folder / f"keluar-{self.number}"
        out.mkdir()
        for name, text in texts.items():
            (self.folder / f"{name}.docx").write_text(text)
        documents = [str(self.folder / f"{name}.docx") for name in texts]
        profile = f"-env:UserInstallation=file:///profil-{self.number}"
        command = [str(self.program), profile, "--convert-to", option, "--outdir", str(out), *documents]
        code = subprocess.run(command, check=False).returncode
        return code, {path.stem: " ".join(path.read_text().split()) for path in sorted(out.iterdir())}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_what_was_converted_once_is_not_converted_again(place: Place) -> None:
    assert place.made(a="A", b="B") == (0, {"a": "1 A", "b": "1 B"})
    assert place.made(a="A", b="B") == (0, {"a": "1 A", "b": "1 B"})
    assert place.made(a="A", c="C", b="B") == (0, {"a": "1 A", "b": "1 B", "c": "2 C"})
    assert place.calls.read_text() == "xx"


def test_another_text_name_option_or_locale_is_another_document(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.made(a="A")
    assert place.made(a="B") == (0, {"a": "2 B"})
    assert place.made(b="A") == (0, {"b": "3 A"})
    assert place.made(a="A", option="odt") == (0, {"a": "4 A"})
    monkeypatch.setenv("LC_ALL", "xx")
    assert place.made(a="A") == (0, {"a": "5 A"})


def test_faults_are_those_of_the_program_and_are_not_kept(place: Place) -> None:
    for call in (1, 2):
        assert place.made(a="A", rusak="B") == (0, {"a": "1 A"})
        assert len(place.calls.read_text()) == call
    for call in (3, 4):
        assert place.made(z="9") == (9, {"z": f"{call} 9"})
    assert [path.name for path in (place.folder / "rekaman").iterdir() if path.is_dir()] == []
