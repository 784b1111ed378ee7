"""The logo in the letterhead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.model.picture import LOGO_WIDTH, fitted, measured
from pipeline.render.template import Picture

_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo: the part to add and the run that shows it, LOGO_HEIGHT high and at most ``width_max`` wide (EMU)."""

    picture: Picture
    run: Markup

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
        return cls(Picture("rIdLogo", data, extension), _run(*fitted(pixels, width_max)))


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


def _run(width: int, height: int) -> Markup:
    extent = f'cx="{width}" cy="{height}"'
    return Markup(
        f'<w:r><w:drawing {_NAMESPACES}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        '<wp:docPr id="1" name="Logo" descr="Lambang instansi"/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="2" name="Logo" descr="Lambang instansi"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="rIdLogo"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
