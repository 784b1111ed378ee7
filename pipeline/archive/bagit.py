"""Bags (BagIt 1.0, RFC 8493): the archive, or one document with its versions, as a package for another archive.

::

    NAME/
      bagit.txt  bag-info.txt
      manifest-sha256.txt  manifest-sha512.txt          of the payload
      tagmanifest-sha256.txt  tagmanifest-sha512.txt    of the other files here
      data/                                             the payload: files of the archive under their own names
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from pipeline.archive import desk, log, manifest, readme
from pipeline.archive.bag_proof import prove
from pipeline.archive.parcel import Known, Parcel, copy, files_of, is_free, made_beside, place, write
from pipeline.archive.storage import Hashes
from pipeline.errors import OutputError
from pipeline.model.message import say

DECLARATION: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_PAYLOAD: Final = "data"
_WITH_ITEMS: Final = (readme.NAME, readme.FORMAT_NAME, log.NAME)
"""What goes with single documents: what the files are, and the log that proves them."""
_SPACES: Final = re.compile(r"\s+")


def export(parcel: Parcel, target: Path, day: dt.date, agent: str) -> bool:
    """Write ``parcel`` as the bag ``target``; False when just this payload is there already, whole.

    ``agent`` is the program with its version. Raises ArchiveError when the archive is not what was filed, OutputError
    when the bag cannot be written or something else is in its place.
    """
    with made_beside(target) as made:
        payload = _fill(parcel, made)
        _describe(parcel, made, payload, day, agent)
        if is_free(target):
            place(made, target)
            return True
        _must_be_same(made, target)
        return False


def _fill(parcel: Parcel, made: Path) -> dict[str, Hashes]:
    """Copy the payload; its hashes by path in the bag."""
    payload = {}
    for path, known in _meant(parcel):
        name = f"{_PAYLOAD}/{path}"
        payload[name] = copy(parcel.storage, path, known, made / name)
    return payload


def _meant(parcel: Parcel) -> Iterator[tuple[str, Known]]:
    top = {**desk.top_files(parcel.log), log.NAME: log.render(parcel.log)}
    for name in desk.TOP if parcel.whole else _WITH_ITEMS:
        if name != readme.NAME:  # an archive keeps the text that it began with
            hashes = manifest.hashes_of(top[name])
            yield name, Known(hashes.sha256, hashes.sha512)
        elif parcel.storage.exists(name):
            yield name, Known(str(parcel.log.opening.get("baca_saya", "")))
    for item in parcel.items:
        for filed in parcel.log.versions(item):
            for name, known in files_of(filed, parcel.storage).items():
                yield f"{filed.place}/{name}", known


def _describe(parcel: Parcel, made: Path, payload: Mapping[str, Hashes], day: dt.date, agent: str) -> None:
    sizes = [(made / name).stat().st_size for name in payload]
    tags = {
        "bagit.txt": write(made / "bagit.txt", DECLARATION),
        "bag-info.txt": write(made / "bag-info.txt", _info(parcel, sizes, day, agent)),
    }
    for name in manifest.NAMES:
        tags[name] = write(made / name, _manifest(payload, name))
    for name in manifest.NAMES:
        write(made / f"tag{name}", _manifest({tag: tags[tag] for tag in tags}, name))


def _info(parcel: Parcel, sizes: list[int], day: dt.date, agent: str) -> bytes:
    """``bag-info.txt`` (RFC 8493, 2.2.2)."""
    told = parcel.log.settings
    days = [filed.facts.date for item in parcel.items for filed in parcel.log.versions(item)]
    item = "" if parcel.whole else parcel.items[0]
    lines = {
        "Source-Organization": told.get("unit") or parcel.office,
        "Organization-Address": told.get("alamat"),
        "Contact-Email": told.get("surel"),
        "External-Description": _description(parcel),
        "Bagging-Date": day.isoformat(),
        "External-Identifier": parcel.identifier(item),
        "Bag-Size": _size(sum(sizes)),
        "Payload-Oxum": f"{sum(sizes)}.{len(sizes)}",
        "Bag-Software-Agent": agent,
        "Tanggal-Arsip": f"{min(days)} s.d. {max(days)}" if days else "",
        "Sidik-Catatan": parcel.log.last,
    }
    told_lines = ((name, _SPACES.sub(" ", str(value or "")).strip()) for name, value in lines.items())
    return "".join(f"{name}: {value}\n" for name, value in told_lines if value).encode()


def _description(parcel: Parcel) -> str:
    if parcel.whole:
        return f"Arsip naskah {parcel.log.settings.get('pemerintah') or parcel.office}: {len(parcel.items)} naskah"
    latest = parcel.log.versions(parcel.items[0])[-1].facts
    return f"{latest.title or latest.name} {f'nomor {latest.number}' if latest.number else ''}"


def _size(size: int) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1000:
            return f"{size} {unit}"
        size = -(-size // 1000)
    return f"{size} TB"


def _manifest(hashes: Mapping[str, Hashes], name: str) -> bytes:
    return "".join(f"{manifest.which(hashes[path], name)}  {encoded(path)}\n" for path in sorted(hashes)).encode()


def encoded(path: str) -> str:
    """``path`` as manifests write it: only these three signs stand as numbers (RFC 8493, 2.1.3)."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _must_be_same(made: Path, target: Path) -> None:
    try:
        same = all((target / name).read_bytes() == (made / name).read_bytes() for name in manifest.NAMES)
    except OSError:
        same = False
    if not same:
        raise OutputError(
            say(
                "{path} sudah ada dan berisi hal lain. Ekspor tidak menimpa apa pun; sebutkan folder lain.",
                path=target.as_posix(),
            )
        )
    fault = next(iter(prove(target, target.as_posix()).findings), None)
    if fault is not None:
        raise OutputError(
            say(
                "{path} sudah ada tetapi tidak utuh lagi ({file}: {fault}). Pindahkan folder itu, lalu ekspor lagi.",
                path=target.as_posix(),
                file=fault.place.file,
                fault=fault.message.bare(),
            )
        )
