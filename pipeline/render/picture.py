"""Pictures in the text: the logo in the letterhead and on covers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.model.picture import COVER_HEIGHT, COVER_WIDTH, LOGO_WIDTH, fitted, measured
from pipeline.render.parts import Picture

_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)

_ALT = "Lambang instansi"


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: the part to add and the run that shows it, LOGO_HEIGHT high and at most ``width_max`` wide (EMU).

    ``cover`` is the run for the cover of a report, where it stands larger.
    """

    picture: Picture
    run: Markup
    cover: Markup

    @classmethod
    def read(cls, path: Path | None, *, width_max: int = LOGO_WIDTH) -> Logo | None:
        """Read a PNG or JPEG. None without a path; raises UsageError for a file that is neither or is missing."""
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(
                say(
                    "Logo {path} tidak dapat dibaca ({error}). Periksa kunci logo di kantor.yaml.",
                    path=path,
                    error=error.strerror,
                )
            ) from error
        extension, pixels = _measure(data, path)
        run = inline("rIdLogo", *fitted(pixels, width_max), number=1, name="Logo", alt=_ALT)
        cover = inline("rIdLogo", *fitted(pixels, COVER_WIDTH, COVER_HEIGHT), number=3, name="Logo sampul", alt=_ALT)
        return cls(Picture("rIdLogo", data, extension), run, cover)


def _measure(data: bytes, path: Path) -> tuple[str, tuple[int, int]]:
    found = measured(data)
    if found is not None:
        return found
    raise UsageError(
        say(
            "Logo {path} bukan gambar PNG atau JPEG. Simpan ulang sebagai PNG, sedikitnya 300 titik per inci.",
            path=path,
        )
    )


def inline(rid: str, width: int, height: int, *, number: int, name: str, alt: str) -> Markup:
    """The run that shows the picture ``rid``, ``width`` by ``height`` EMU; ``number`` is its own in the document."""
    extent = f'cx="{width}" cy="{height}"'
    told = f'name="{escape(name)}" descr="{escape(alt)}"'
    return Markup(
        f'<w:r><w:drawing {_NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" {told}/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number + 1}" {told}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{rid}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
