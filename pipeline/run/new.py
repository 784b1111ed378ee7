"""``tertib new``: filled-in starting points that read without faults, to be written over."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.readers.schema import FILES as SCHEMAS
from pipeline.resources import data_file
from pipeline.run.schema import FOLDER, write_schemas
from pipeline.run.settings import Settings
from pipeline.run.writing import explain_os_error, safe_name

KINDS: Final = ("sop", "kantor", "reses")
_EXAMPLES: Final = {
    "kantor": "inputs/banyumas",
    "sop": "inputs/banyumas/sop/penerimaan-surat.yaml",
    "reses": "inputs/banyumas/reses/2026-masa-1",
}
_NAME: Final = "NAMA"
_SESSION: Final = re.compile(r"(?P<year>20\d\d)\D.*masa\D*(?P<session>[123])(?!\d)", re.IGNORECASE)


def make(kind: str, path: Path, settings: Settings) -> tuple[Path, ...]:
    """Write the starting point ``kind`` at ``path``; the files made. Nothing that exists is written over.

    Raises UsageError where it cannot stand or something stands already, OutputError when it cannot be written.
    """
    target = settings.root / path
    _check_place(kind, target, path)
    files = _sop_files(target) if kind == "sop" else _folder_files(kind, target)
    for file in files:
        if file.exists():
            raise UsageError(say("{file} sudah ada dan tidak ditimpa. Pilih nama lain.", file=settings.relative(file)))
    for file, (source, name) in files.items():
        _write(file, source, name)
    # The first line of each YAML file names the schema that editors use.
    write_schemas(_inputs(kind, target) / FOLDER, SCHEMAS, settings.lang)
    return tuple(files)


def _inputs(kind: str, target: Path) -> Path:
    """The folder that holds the office of ``target``."""
    return target.parent if kind == "kantor" else target.parent.parent.parent


def _check_place(kind: str, target: Path, path: Path) -> None:
    """An SOP stands in OFFICE/sop, a recess in OFFICE/reses; the office must be there, and names must travel."""
    if kind != "kantor":
        office = target.parent.parent
        if target.parent.name != kind or not office.is_dir():
            raise UsageError(
                say(
                    "{path}: tempatnya KANTOR/{kind}/NAMA di dalam kantor yang sudah ada, misalnya "
                    "{EXAMPLES}. Kantor baru: tertib new kantor inputs/NAMA.",
                    path=path,
                    kind=kind,
                    EXAMPLES=_EXAMPLES[kind],
                )
            )
    if safe_name(target.stem) != target.stem:
        raise UsageError(
            say(
                "{target}: nama ini tidak diterima setiap komputer. Pakai misalnya {safe_name}.",
                target=target.name,
                safe_name=safe_name(target.stem),
            )
        )


def _sop_files(target: Path) -> dict[Path, tuple[Path, str]]:
    yaml = target if target.suffix == ".yaml" else target.with_name(f"{target.name}.yaml")
    folder = data_file("new/sop")
    steps = yaml.with_name(f"{yaml.stem}.langkah.csv")
    return {yaml: (folder / f"{_NAME}.yaml", yaml.stem), steps: (folder / f"{_NAME}.langkah.csv", yaml.stem)}


def _folder_files(kind: str, target: Path) -> dict[Path, tuple[Path, str]]:
    folder = data_file(f"new/{kind}")
    return {target / source.name: (source, target.name) for source in sorted(folder.iterdir())}


def _write(file: Path, source: Path, name: str) -> None:
    temporary = file.with_name(f".{file.name}.baru")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.suffix == ".yaml":
            text = source.read_text(encoding="utf-8").replace(_NAME, name)
            temporary.write_text(_of_session(text, name), encoding="utf-8")
        elif file.suffix == ".csv":
            temporary.write_bytes(_for_excel(source.read_text(encoding="utf-8")))
        else:
            shutil.copyfile(source, temporary)
        temporary.replace(file)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise explain_os_error(error, file) from error


def _of_session(text: str, name: str) -> str:
    """``text`` with year and sitting as the folder of the recess says ("2026-masa-2"); those of the example else."""
    found = _SESSION.search(name)
    if found is None:
        return text
    text = re.sub(r"(?m)^tahun: \d{4}", f"tahun: {found['year']}", text)
    return re.sub(r"(?m)^masa: \d", f"masa: {found['session']}", text)


def _for_excel(text: str) -> bytes:
    """A CSV as an Indonesian Excel opens it in columns: semicolons, CR LF, UTF-8 with byte order mark."""
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=";", lineterminator="\r\n").writerows(csv.reader(io.StringIO(text, newline="")))
    return made.getvalue().encode("utf-8-sig")
