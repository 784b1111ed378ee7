"""The root certificates that an office trusts (``sertifikat_tepercaya`` in kantor.yaml)."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import UsageError
from pipeline.model.message import say
from pipeline.model.reasons import why

_LARGEST = 1024 * 1024
_SUFFIXES = frozenset({".pem", ".crt", ".cer", ".der"})


def read_roots(path: Path) -> tuple[bytes, ...]:
    """The certificates in a file, or in the .pem, .crt, .cer and .der files of a folder, as DER.

    Raises UsageError where there are none, or one cannot be read.
    """
    try:
        files = sorted(_certificate_files(path)) if path.is_dir() else [path]
        found = [der for file in files for der in _in_file(file)]
    except OSError as error:
        raise UsageError(
            say(
                "Sertifikat tepercaya {path} tidak dapat dibaca ({why}). Periksa `sertifikat_tepercaya` di "
                "kantor.yaml: tulis nama berkas atau folder sertifikat akar, dihitung dari folder kantor.",
                path=path.as_posix(),
                why=why(error),
            )
        ) from error
    if not found:
        raise UsageError(
            say(
                "Tidak ada sertifikat di {path}. Simpan sertifikat akar penerbit di situ (.pem, .crt, .cer, "
                "atau .der).",
                path=path.as_posix(),
            )
        )
    return tuple(dict.fromkeys(found))


def _certificate_files(folder: Path) -> list[Path]:
    return [file for file in folder.iterdir() if file.suffix.lower() in _SUFFIXES and file.is_file()]


def _in_file(file: Path) -> list[bytes]:
    from asn1crypto import pem, x509

    with file.open("rb") as stream:
        data = stream.read(_LARGEST)
    try:
        ders = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        for der in ders:
            _ = x509.Certificate.load(der, strict=True).native
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(
            say(
                "{path} bukan sertifikat (PEM atau DER). Ganti dengan sertifikat akar dari penerbit, atau pindahkan "
                "berkas itu.",
                path=file.as_posix(),
            )
        ) from error
    return ders
