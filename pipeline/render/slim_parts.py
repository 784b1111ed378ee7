"""Parts of a file that have no bearing on its pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from pipeline.model.message import Message, say
from pipeline.render.order import local
from pipeline.render.proof_names import W
from pipeline.render.slim_package import Package

_KINDS: Final = (
    ("stylesWithEffects", say("salinan gaya untuk Word 2007")),
    ("webSettings", say("setelan halaman web")),
    ("thumbnail", say("gambar kecil untuk penjelajah berkas")),
    ("glossaryDocument", say("kumpulan potongan naskah (glossary)")),
    ("keyMapCustomizations", say("setelan tombol")),
)
"""Kinds of parts that nothing in another part refers to by a number, so that none is left pointing nowhere."""
_BOUND: Final = (W + "dataBinding", W + "bibliography", W + "citation")
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_LARGEST: Final = 1_500_000
"""Pixels of a picture beyond which packing takes many seconds; such a picture is one to be made smaller by hand."""
_WORTH: Final = 0.9
"""A picture is written anew when it comes out smaller than this much of what it was."""


def without_parts(package: Package) -> Iterator[Message]:
    """Take them out of ``package``; what was taken out, for people."""
    lost = package.unreachable()
    if lost:
        size = sum(package.size(name) for name in lost)
        _drop(package, lost)
        yield say("{n} bagian yang tidak dirujuk, {k} KB", n=len(lost), k=_kilobytes(size))
    for kind, words in _KINDS:
        found = package.of_kind(kind)
        if found:
            size = sum(package.size(name) for name in found)
            _drop(package, found)
            yield say("{what}, {n} KB", what=words, n=_kilobytes(size))
    custom = () if _binds(package) else _custom(package)
    if custom:
        _drop(package, custom)
        yield say("{n} data XML tambahan", n=len(custom))
    _drop(package, package.unreachable())  # what belonged to them


def spare(package: Package) -> int:
    """Bytes, unpacked, of what ``without_parts`` would take out."""
    custom = () if _binds(package) else _custom(package)
    names = {*package.unreachable(), *custom, *(name for kind, _ in _KINDS for name in package.of_kind(kind))}
    return sum(package.size(name) for name in names)


def _drop(package: Package, names: tuple[str, ...]) -> None:
    for name in names:
        if name in package:  # the relationships of a part go with it
            package.drop(name)


def repacked_pictures(package: Package) -> Iterator[Message]:
    """Write PNG pictures anew where that makes them smaller, every pixel as it was; how many, for people."""
    count = saved = 0
    for name in package.names:
        if name.startswith("word/media/") and package.data(name).startswith(_PNG):
            data = package.data(name)
            smaller = _repacked(data)
            if len(smaller) < len(data) * _WORTH:
                package.put(name, smaller)
                count, saved = count + 1, saved + len(data) - len(smaller)
    if count:
        yield say("{n} gambar dimampatkan tanpa mengubah pikselnya, {k} KB", n=count, k=_kilobytes(saved))


def _repacked(data: bytes) -> bytes:
    """The same picture as PNG, packed as tightly as Pillow can; ``data`` where that would lose something."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if getattr(picture, "n_frames", 1) != 1 or picture.width * picture.height > _LARGEST:
                return data
            picture.load()
            kept = {key: picture.info[key] for key in ("icc_profile", "transparency", "dpi") if key in picture.info}
            made = io.BytesIO()
            picture.save(made, "PNG", optimize=True, **kept)
            with Image.open(io.BytesIO(made.getvalue())) as again:
                same = (
                    again.mode == picture.mode and again.convert("RGBA").tobytes() == picture.convert("RGBA").tobytes()
                )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data  # what Pillow cannot read stays as it is
    return made.getvalue() if same else data


def _binds(package: Package) -> bool:
    """Something on the pages is filled from custom XML."""
    return any(next(package.root(name).iter(*_BOUND), None) is not None for name in package.stories)


def _custom(package: Package) -> tuple[str, ...]:
    """Custom XML but lists of sources with something in them: those are somebody's work."""
    return tuple(
        name
        for name in package.of_kind("customXml")
        if not (local(package.root(name)) == "Sources" and len(package.root(name)))
    )


def _kilobytes(size: int) -> int:
    return max(1, round(size / 1024))
