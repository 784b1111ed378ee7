"""Makes the bytes of a PDF depend on its content alone.

LibreOffice 7.4 puts the clock into Info ``/CreationDate``, the trailer's ``/ID`` and ``/DocChecksum``; everything
else is stable (measured over runs, profile folders and file names). Those are removed or derived from the content,
so that the same input gives the same file and an archive can tell a change from a repetition.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ProofError
from pipeline.model.message import say


def stabilise(path: Path) -> None:
    """Rewrite ``path`` in place without clock and chance. Raises ProofError when it is not a readable PDF."""
    import pikepdf

    try:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for key in ("/CreationDate", "/ModDate"):
                if key in pdf.docinfo:
                    del pdf.docinfo[key]
            for key in ("/ID", "/DocChecksum"):
                if key in pdf.trailer:
                    del pdf.trailer[key]
            # Both carry the clock, too; who needs them has his own finish step write them.
            for key in ("/Metadata", "/OutputIntents"):
                if key in pdf.Root:
                    del pdf.Root[key]
            # /Tabs must be a name; LibreOffice 7.4 writes a string on pages with annotations.
            for page in pdf.pages:
                if "/Tabs" in page:
                    page.Tabs = pikepdf.Name.S
            pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except pikepdf.PdfError as error:
        raise ProofError(
            say("PDF yang dibuat LibreOffice tidak dapat dibaca. Jalankan lagi; bila terulang, laporkan.")
        ) from error
