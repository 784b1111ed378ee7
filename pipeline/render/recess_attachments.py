"""The annexes of a member's report: attendance lists and photos of the meetings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.message import Message, say
from pipeline.model.recess import Attachment, AttachmentKind, Meeting
from pipeline.render.photos import PHOTO_BOX, SHEET_BOX, Album, UnprintableError

_NAMES = {AttachmentKind.PHOTO: "Foto", AttachmentKind.ATTENDANCE: "Daftar hadir"}
_BOXES = {AttachmentKind.PHOTO: PHOTO_BOX, AttachmentKind.ATTENDANCE: SHEET_BOX}

Shot = Mapping[str, object]


@dataclass(slots=True)
class _Pages:
    """What is printed so far: pictures of each kind, and one line for each file."""

    shots: dict[AttachmentKind, list[Shot]] = field(default_factory=lambda: {kind: [] for kind in AttachmentKind})
    files: list[Mapping[str, str]] = field(default_factory=list)


def attachments(
    meetings: Sequence[Meeting], titles: Mapping[str, str], album: Album, told: Callable[[Message], None]
) -> Mapping[str, object]:
    """The files beside ``meetings``: ``foto`` and ``daftar_hadir`` with their pictures, and ``berkas``, all of them.

    ``titles`` names each meeting by its id. A file that cannot be printed stands in ``berkas`` with the reason, and
    ``told`` hears of it.
    """
    pages = _Pages()
    for meeting in meetings:
        for attachment in meeting.attachments:
            title = titles[meeting.id]
            said = _add(pages, attachment, title, album, told)
            pages.files.append({"pertemuan": title, "nama": attachment.path.name, "keterangan": said})
    return {
        "ada": bool(pages.files),
        "berkas": pages.files,
        "daftar_hadir": pages.shots[AttachmentKind.ATTENDANCE],
        "foto": pages.shots[AttachmentKind.PHOTO],
    }


def _add(pages: _Pages, attachment: Attachment, title: str, album: Album, told: Callable[[Message], None]) -> str:
    """Print ``attachment`` when that is possible; what the list of files says of it."""
    kind, path = attachment.kind, attachment.path
    shots = pages.shots[kind]
    if attachment.pixels is None:
        return f"{_NAMES[kind]}, disimpan sebagai berkas tersendiri"
    name = f"{_NAMES[kind]} {len(shots) + 1}"
    try:
        run = album.show(path, f"{_NAMES[kind]} pertemuan {title}", _BOXES[kind])
    except UnprintableError as error:
        told(say("{file} tidak dicetak pada laporan: {why}.", file=path.name, why=error.why))
        return f"{_NAMES[kind]} tidak dapat dicetak: {error.why.id}"
    shots.append({"gambar": run, "keterangan": f"{name}. {title}"})
    return name
