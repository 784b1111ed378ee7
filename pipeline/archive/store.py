"""Versions in the archive: ``sop/NAME/v001/``. A version is added, never changed or removed.

::

    arsip/
      BACA-SAYA.txt  format.txt        what this folder is, and how to check it without the program
      catatan.jsonl                    the log: one line per event, each with the hash of the one before
      indeks.csv  tinjauan.ics         made from the log: the list of records, SOPs due for evaluation
      sop/pelaksanaan-reses/v001/      likewise reses/NAME, buku/NAME
        manifest-sha256.txt  manifest-sha512.txt
        versi.json                     what it is and when it was filed
        pelaksanaan-reses.pdf  .docx  .ttd.json
        sumber/...                     the inputs it was made from
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.archive import manifest
from pipeline.archive.facts import INFO, Facts, from_written, written
from pipeline.archive.litter import is_litter
from pipeline.archive.log import Filed, Log
from pipeline.archive.storage import Content, Hashes, Storage, checked, copy_hashing
from pipeline.errors import ArchiveError, OutputError
from pipeline.model.message import say

SOURCES: Final = "sumber"
SIGNED: Final = ".ttd.pdf"
REPORT: Final = ".ttd.pemeriksaan.json"
REPORTED: Final = "tanda_tangan"
"""Key of the signatures in a report."""
SIDECAR: Final = ".ttd.json"
_BESIDE: Final = (SIGNED, REPORT, SIDECAR)
"""Endings of files that stand beside a document: they alone make no new version."""
_CONTENT: Final = frozenset({".pdf", ".csv", ".json"})
Print = Callable[[Path], str]
"""What the pages of a PDF show, as one hash; "" where it cannot be told."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something to file: ``kind`` (``sop``, ``reses``, ``buku``) and ``name`` make its folder.

    ``files`` maps names inside the version to built files, ``sources`` to what they were made from (put under
    ``sumber/``). For the rest see ``Facts``.
    """

    kind: str
    name: str
    files: Mapping[str, Path]
    sources: Mapping[str, Content]
    number: str = ""
    title: str = ""
    stage: str = ""
    effective: dt.date | None = None
    year: int = 0
    pages: int = 0
    unchecked: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Folder of all its versions, relative to the archive."""
        return f"{self.kind}/{self.name}"


@dataclass(frozen=True, slots=True)
class Plan:
    """A version that is to be filed: its files, and what its manifests will be."""

    facts: Facts
    files: Mapping[str, Content]
    seals: Mapping[str, bytes]

    @property
    def manifests(self) -> Hashes:
        """The hashes of its manifests."""
        short, long = (manifest.hashes_of(self.seals[name]) for name in manifest.NAMES)
        return Hashes(short.sha256, long.sha512)


def has_changed(item: Item, latest: Filed | None, storage: Storage, print_of: Print | None = None) -> bool:
    """Does the content of ``item`` differ from ``latest``, its last version as made? Raises ArchiveError, OSError.

    Content is what people read and other programs import: PDF, CSV and JSON. The DOCX, the inputs and what stands
    beside a document (places to sign, signed files) are filed with it and may differ in ways that do not show. A PDF
    whose bytes differ is compared by its print (``print_of``): it carries its inputs, where a remark may have changed.
    """
    if latest is None:
        return True
    kept = {name: proof for name, proof in manifest.read(storage, latest.place).items() if _is_content(name)}
    now = {name: path for name, path in item.files.items() if _is_content(name)}
    if kept.keys() != now.keys():
        return True
    return any(
        _hash(path) != kept[name] and not _same_print(path, storage, f"{latest.place}/{name}", print_of)
        for name, path in now.items()
    )


def plan(item: Item, number: int, today: dt.date) -> Plan:
    """Version ``number`` of ``item`` as it would be filed. Reads its files. Raises ArchiveError, OSError."""
    facts = Facts(
        item.kind,
        item.name,
        number,
        today,
        item.number,
        item.title,
        item.stage,
        item.effective,
        item.year or (item.effective or today).year,
        item.pages,
        unchecked=item.unchecked,
    )
    files: dict[str, Content] = {**item.files, **{f"{SOURCES}/{key}": content for key, content in item.sources.items()}}
    return planned(facts, files, {name: _hashes(content) for name, content in files.items()})


def planned(facts: Facts, files: Mapping[str, Content], hashes: Mapping[str, Hashes]) -> Plan:
    """A version of ``files`` with these ``hashes``; what tells of it is added. Raises ArchiveError for a name."""
    info = (json.dumps(written(facts), ensure_ascii=False, indent=1) + "\n").encode()
    every = {**hashes, INFO: manifest.hashes_of(info)}
    for name in (facts.place, *every):
        checked(name)
    seals = {
        name: manifest.render({path: manifest.which(both, name) for path, both in every.items()})
        for name in manifest.NAMES
    }
    return Plan(facts, {**files, INFO: info}, seals)


def put(made: Plan, storage: Storage) -> None:
    """Write the version, its manifests last. Raises OutputError, ArchiveError."""

    def seal(hashes: Mapping[str, Hashes]) -> Mapping[str, bytes]:
        for name in manifest.NAMES:
            if manifest.render({path: manifest.which(both, name) for path, both in hashes.items()}) != made.seals[name]:
                raise OutputError(
                    say(
                        "Berkas dari {place} berubah selagi diarsipkan. Jangan menyunting selama tertib bekerja; "
                        "jalankan lagi.",
                        place=made.facts.folder,
                    )
                )
        # The first manifest comes last: where it stands, the version is whole.
        return {name: made.seals[name] for name in reversed(manifest.NAMES)}

    storage.put_folder(made.facts.place, made.files, seal)


def is_whole(place: str, proof: str, storage: Storage) -> bool:
    """Is the version in ``place`` there with the manifest ``proof`` and every file of it, and nothing else?"""
    try:
        if manifest.file_hashes(storage, f"{place}/{manifest.NAME}").sha256 != proof:
            return False
        told = manifest.read(storage, place)
        present = {entry.path.removeprefix(f"{place}/") for entry in storage.entries(place)}
        extra = {name for name in present - {*told, *manifest.NAMES} if not is_litter(name.rpartition("/")[2])}
        return not extra and all(
            manifest.file_hashes(storage, f"{place}/{name}").sha256 == kept for name, kept in told.items()
        )
    except ArchiveError:
        return False


def facts_in(place: str, storage: Storage) -> tuple[Facts, Hashes]:
    """What a version says of itself, and the hashes of its manifests. Raises ArchiveError, ValueError."""
    facts = from_written(json.loads(storage.read(f"{place}/{INFO}")))
    if facts.place != place:
        raise ValueError(place)
    long = f"{place}/{manifest.NAME_512}"
    return facts, Hashes(
        manifest.file_hashes(storage, f"{place}/{manifest.NAME}").sha256,
        manifest.file_hashes(storage, long).sha512 if storage.exists(long) else "",
    )


@dataclass(frozen=True, slots=True)
class Original:
    """A PDF in the archive as it was made. ``signed`` is the SHA-256 of its signed file where the archive has one."""

    filed: Filed
    name: str
    size: int
    sha256: str
    signed: str | None

    def read(self, storage: Storage) -> bytes:
        """Its bytes. Raises ArchiveError."""
        return storage.read(f"{self.filed.place}/{self.name}")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file that came back, the report on it, and who signed it; ``others`` of them were not to sign it."""

    content: Content
    report: bytes
    signers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def originals(storage: Storage, log: Log) -> Iterator[Original]:
    """Every PDF as made, of every version. Raises ArchiveError."""
    sizes = {entry.path: entry.size for entry in storage.entries()}
    for filed in log.filed:
        if filed.facts.signed:
            continue
        signed = _signed_of(filed, storage, log)
        for name, proof in manifest.read(storage, filed.place).items():
            if _is_content(name) and name.lower().endswith(".pdf"):
                size = sizes.get(f"{filed.place}/{name}", 0)
                yield Original(filed, name, size, proof, signed.get(signed_name(name)))


def plan_signed(
    original: Filed, signed: Mapping[str, Signed], log: Log, storage: Storage, number: int, today: dt.date
) -> Plan | None:
    """A version with the ``signed`` files of PDFs (by their name in ``original``) beside all that ``original`` holds.

    Signed files that came back earlier stay with it. None when these are filed already, or filed with further
    signatures behind theirs. Raises ArchiveError.
    """
    versions = _signed_versions(original, log)
    base = versions[-1] if versions else original
    signed = {name: one for name, one in signed.items() if not _continued(name, one, versions, storage)}
    hashes = _hashes_in(base, storage)
    new = {key: data for name, one in signed.items() for key, data in _beside(name, one)}
    told = {name: _hashes(content) for name, content in new.items()}
    if all(hashes.get(name) == both for name, both in told.items() if name.endswith(SIGNED)):
        return None
    files: dict[str, Content] = {name: _content(storage, f"{base.place}/{name}") for name in hashes}
    facts = original.facts
    kept = [name for name in hashes if name.endswith(REPORT) and name not in told]
    signers, others = _signers(base, kept, signed, storage)
    made = Facts(
        facts.kind, facts.name, number, today, facts.number, facts.title, facts.stage, facts.effective, facts.year,
        facts.pages, signers, facts.version, _partly({*hashes, *told}), others, facts.unchecked,
    )  # fmt: skip
    return planned(made, {**files, **new}, {**hashes, **told})


def _continued(name: str, one: Signed, versions: Sequence[Filed], storage: Storage) -> bool:
    """Does a signed file in one of ``versions`` begin with all of ``one`` and go on, as after a further signature?"""
    data = one.content if isinstance(one.content, bytes) else one.content.read_bytes()
    for filed in versions:
        path = f"{filed.place}/{signed_name(name)}"
        if storage.exists(path):
            held = storage.read(path)
            if len(held) > len(data) and held.startswith(data):
                return True
    return False


def _signers(
    base: Filed, kept: Sequence[str], signed: Mapping[str, Signed], storage: Storage
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who signed the files of a version, and which of them are others than were to sign.

    ``kept`` are the reports on files that stay from ``base``; where one does not tell, those of ``base`` are kept.
    """
    signers: list[str] = []
    others: list[str] = []
    for name in kept:
        told = _told_signers(storage.read(f"{base.place}/{name}"))
        signers += told[0] if told else base.facts.signers
        others += told[1] if told else base.facts.others
    signers += [who for one in signed.values() for who in one.signers]
    others += [who for one in signed.values() for who in one.others]
    return tuple(dict.fromkeys(signers)), tuple(dict.fromkeys(others))


def _told_signers(report: bytes) -> tuple[list[str], list[str]] | None:
    """The signers that a report tells, and which of them were not to sign; None when it tells none."""
    try:
        told = [(str(one["penanda_tangan"]), one.get("sesuai_penetapan")) for one in json.loads(report)[REPORTED]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return [name for name, _ in told], [name for name, agreed in told if agreed is False]


def _partly(names: Collection[str]) -> tuple[int, int] | None:
    """How many of the PDFs as made have their signed file among ``names``; None when all do."""
    made = [name for name in names if _is_content(name) and name.lower().endswith(".pdf")]
    signed = sum(signed_name(name) in names for name in made)
    return (signed, len(made)) if signed < len(made) else None


def signed_name(name: str) -> str:
    """``reses.pdf`` -> "reses.ttd.pdf"."""
    return name[: -len(".pdf")] + SIGNED


def _beside(name: str, one: Signed) -> Iterator[tuple[str, Content]]:
    yield signed_name(name), one.content
    yield name[: -len(".pdf")] + REPORT, one.report


def _signed_versions(original: Filed, log: Log) -> list[Filed]:
    known = log.versions(original.facts.folder)
    return [one for one in known if one.facts.original == original.facts.version]


def _signed_of(original: Filed, storage: Storage, log: Log) -> dict[str, str]:
    versions = _signed_versions(original, log)
    return manifest.read(storage, versions[-1].place) if versions else {}


def _hashes_in(filed: Filed, storage: Storage) -> dict[str, Hashes]:
    """Both hashes of every file of a version; read from the files where an older program kept only one."""
    short = manifest.read(storage, filed.place)
    if not filed.manifests.sha512:
        return {name: manifest.file_hashes(storage, f"{filed.place}/{name}") for name in short}
    long = manifest.read(storage, filed.place, manifest.NAME_512)
    return {name: Hashes(proof, long[name]) for name, proof in short.items()}


def _content(storage: Storage, path: str) -> Content:
    return storage.local / path if storage.local is not None else storage.read(path)


def _is_content(name: str) -> bool:
    if name == INFO or name.startswith(f"{SOURCES}/") or name.lower().endswith(_BESIDE):
        return False
    return Path(name).suffix.lower() in _CONTENT


def _hashes(content: Content) -> Hashes:
    if isinstance(content, bytes):
        return manifest.hashes_of(content)
    with content.open("rb") as file:
        return copy_hashing(file)


def _hash(path: Path) -> str:
    return _hashes(path).sha256


def _same_print(path: Path, storage: Storage, kept: str, print_of: Print | None) -> bool:
    if print_of is None or not kept.lower().endswith(".pdf"):
        return False
    now = print_of(path)
    if storage.local is not None:
        return bool(now) and now == print_of(storage.local / kept)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "arsip.pdf")
        copy.write_bytes(storage.read(kept))
        return bool(now) and now == print_of(copy)
