"""Reads ``arsip`` of ``kantor.yaml``: where the archive lies, and how long what is in it is kept."""

from __future__ import annotations

import re

from pipeline.model.message import Message, say
from pipeline.model.office import Archiving, Retention
from pipeline.readers import faults
from pipeline.readers.fields import Reading

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_WHOLE = re.compile(r"(?i)(s3|sftp|memory)://[^/\s]+(/\S*)?|file:.+")
_SECRET = re.compile(r"//[^/@]*:[^/]*@")


def archiving(reading: Reading) -> Archiving:
    """What ``arsip`` says; what holds for all kinds holds for each that does not say otherwise."""
    told = reading.mapping("arsip")
    if told is None:
        return Archiving()
    usual = _retention(told, Retention())
    return Archiving(_address(told), _of_kind(told, "sop", usual), _of_kind(told, "reses", usual))


def _of_kind(told: Reading, kind: str, usual: Retention) -> Retention:
    own = told.mapping(kind)
    return usual if own is None else _retention(own, usual)


def _retention(reading: Reading, usual: Retention) -> Retention:
    return Retention(
        reading.text("kode_klasifikasi") or usual.code,
        reading.text("retensi_aktif") or usual.active,
        reading.text("retensi_inaktif") or usual.inactive,
        reading.choice("nasib_akhir", usual.fate),
    )


def _address(told: Reading) -> str:
    """The address as it stands: with one that cannot be used nothing is archived, rather than somewhere else."""
    text = told.text("alamat")
    if not text or not _SCHEME.match(text):
        return text
    if _SECRET.search(text):
        _bad(told, say("kata sandi tidak boleh ditulis di `alamat` arsip: kantor.yaml ikut diarsipkan"), _NO_SECRET)
    elif not _WHOLE.fullmatch(text):
        _bad(told, say("`{text}` bukan alamat arsip yang dikenal", text=text), _EXAMPLES)
    return text


_NO_SECRET = say(
    "Hapus kata sandi itu dari sini dan gantilah. Pakai kunci SSH, atau isi FSSPEC_SFTP_PASSWORD di komputer yang "
    "menjalankan tertib; untuk S3, AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY."
)
_EXAMPLES = say(
    "Tulis folder (D:/Arsip), s3://EMBER/folder, atau sftp://pengguna@SERVER/folder; tanpa baris ini arsip ada di "
    "outputs/KANTOR/arsip."
)


def _bad(told: Reading, message: Message, help: Message) -> None:
    told.collector.add(faults.NOT_ALLOWED, told.place("alamat"), message, help)
