"""Reads the file of a template that is to be weighed or made lean, and refuses what must not be touched."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.message import Message, say
from pipeline.model.reasons import why
from pipeline.render.proof_names import BODY, TYPES
from pipeline.render.proof_package import zip_faults
from pipeline.render.slim import Parts
from pipeline.render.template_faults import corrupt
from pipeline.resources import here

MOST_BYTES: Final = 50 * 1024 * 1024
"""Largest file; the templates of offices have some hundred KB."""
MOST_UNPACKED: Final = 300 * 1024 * 1024
MOST_PARTS: Final = 2_000
_LOCKED: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file of the format before .docx begins; what Word protects by a password is wrapped in one, too."""
_MACROS: Final = (b"macroEnabled", b"vbaProject")
_TEMPLATE: Final = b"wordprocessingml.template.main+xml"


def read_template(path: Path) -> tuple[bytes, Parts]:
    """The file at ``path`` and the parts in it. Raises UsageError and TemplateError for what is no plain .docx."""
    data = _bytes(path)
    if data.startswith(_LOCKED):
        raise _refused(path, say("dikunci dengan kata sandi, atau masih berbentuk .doc. Buka di Word, lepas kata "
                                 "sandinya, dan simpan sebagai .docx"))  # fmt: skip
    parts = _parts(path, data)
    held = dict(parts)
    if BODY not in held or TYPES not in held:
        raise corrupt(path, say("tidak berisi naskah Word"))
    stated = next((n for n, part in parts if n.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part[:4096]), None)
    if stated is not None:
        raise corrupt(path, say("bagian {n} rusak", n=stated))  # Word writes none, and refuses such a file
    if any(mark in held[TYPES] for mark in _MACROS) or path.suffix.lower() in {".docm", ".dotm"}:
        raise _refused(path, say("memuat makro. Dokumen resmi tidak boleh bermakro: simpan di Word sebagai .docx"))
    if any(name.startswith("_xmlsignatures/") for name in held):
        raise _refused(path, say("bertanda tangan elektronik, yang akan gugur. Simpan salinannya tanpa tanda tangan"))
    if _TEMPLATE in held[TYPES] or path.suffix.lower() != ".docx":
        raise _refused(path, say("bukan .docx. Simpan di Word sebagai Dokumen Word (.docx)"))
    return data, parts


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _refused(path, say("folder, bukan berkas templat. Sebutkan berkasnya, misalnya templates/sop.docx"))
        if path.stat().st_size > MOST_BYTES:
            raise _too_large(path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _refused(path, say("tidak ada. Periksa nama dan foldernya")) from error
    except (OSError, ValueError) as error:
        cause = why(error) if isinstance(error, OSError) else say("namanya tidak sah")
        raise UsageError(say("{path} tidak dapat dibaca: {cause}.", path=here(path), cause=cause)) from error


def _parts(path: Path, data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            fault = next(zip_faults(infos), None)
            if fault is not None:
                raise corrupt(path, fault)
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise _too_large(path)
            return tuple((info.filename, _unpacked(package, info, path)) for info in infos)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, ValueError) as error:
        raise corrupt(path) from error


def _unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path) -> bytes:
    """A part, read no further than its stated size, which a zip bomb understates."""
    with package.open(info) as part:
        data = part.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise _too_large(path)
    return data


def _too_large(path: Path) -> UsageError:
    return _refused(path, say("terlalu besar untuk sebuah templat. Hapus gambar yang tidak perlu di Word, lalu ulangi"))


def _refused(path: Path, cause: Message) -> UsageError:
    return UsageError(say("{path}: {cause}. Berkas itu tidak diubah.", path=here(path), cause=cause))
