"""Reads what ``kantor.yaml`` says of the book of SOPs (``buku``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model.book import BookWords, Decree
from pipeline.model.message import say
from pipeline.model.office import Official
from pipeline.readers import faults
from pipeline.readers.fields import Field, Reading, Shape
from pipeline.readers.nearest import did_you_mean

_DECREE: Final = (
    Field("nomor", Shape.TEXT, say("Nomor keputusan, diisi saat penetapan"), example="000.8.3.3/010/2026"),
    Field("tanggal", Shape.DATE, say("Tanggal keputusan, diisi saat penetapan"), example="2026-02-02"),
    Field(
        "tentang",
        Shape.TEXT,
        say("Isi keputusan dalam satu kalimat, tanpa kata tentang"),
        example="Penetapan Standar Operasional Prosedur di Lingkungan Sekretariat DPRD",
    ),
    Field("menimbang", Shape.TEXTS, say("Pertimbangan; butirnya diberi huruf a, b, c"), example="bahwa ..."),
    Field("mengingat", Shape.TEXTS, say("Dasar hukum keputusan; butirnya diberi nomor"), example="Undang-Undang ..."),
    Field("memutuskan", Shape.TEXTS, say("Isi diktum KESATU, KEDUA, dan seterusnya"), example="Menetapkan ..."),
    Field("pengesah", Shape.TEXT, say("Pengenal pejabat di pejabat.csv yang menetapkan"), example="setwan"),
)
_EXPLANATION: Final = (
    Field("ruang_lingkup", Shape.TEXT, say("Kegiatan yang diatur buku ini"), example="Buku ini memuat ..."),
    Field("ringkasan", Shape.TEXT, say("Ringkasan isi buku"), example="SOP dalam buku ini ..."),
    Field("definisi", Shape.TEXTS, say("Istilah dan artinya"), example="Reses adalah ..."),
)
BOOK_FIELD: Final = Field(
    "buku",
    Shape.MAPPING,
    say("Isi buku SOP: sampul, keputusan penetapan, dan penjelasan"),
    fields=(
        Field(
            "judul",
            Shape.TEXT,
            say("Judul di sampul; bawaannya Standar Operasional Prosedur"),
            example="Standar Operasional Prosedur",
        ),
        Field(
            "tahun", Shape.INTEGER, say("Tahun di sampul; bawaannya tahun keputusan atau SOP terbaru"), example="2026"
        ),
        Field("keputusan", Shape.MAPPING, say("Keputusan pimpinan yang menetapkan SOP dalam buku"), fields=_DECREE),
        Field("penjelasan", Shape.MAPPING, say("Penjelasan singkat penggunaan SOP"), fields=_EXPLANATION),
    ),
)
"""``buku`` of ``kantor.yaml``."""

_NEEDED: Final = ("tentang", "menimbang", "mengingat", "memutuskan", "pengesah")


def book_words(reading: Reading, officials: Sequence[Official]) -> BookWords:
    """The words for the book; a decree that lacks a part, or names nobody in ``officials``, is a finding."""
    book = reading.mapping("buku")
    if book is None:
        return BookWords()
    told = book.mapping("penjelasan")
    return BookWords(
        title=book.text("judul"),
        year=book.integer("tahun", 1945, 2999),
        decree=_decree(book, officials),
        scope=told.text("ruang_lingkup") if told else "",
        summary=told.text("ringkasan") if told else "",
        terms=told.texts("definisi") if told else (),
    )


def _decree(book: Reading, officials: Sequence[Official]) -> Decree | None:
    reading = book.mapping("keputusan")
    if reading is None:
        return None
    decree = Decree(
        number=reading.text("nomor"),
        date=reading.date("tanggal"),
        about=reading.text("tentang"),
        considering=reading.texts("menimbang"),
        recalling=reading.texts("mengingat"),
        deciding=reading.texts("memutuskan"),
        signer=_signer(reading, officials),
    )
    told = (decree.about, decree.considering, decree.recalling, decree.deciding, reading.get("pengesah"))
    lacking = [key for key, value in zip(_NEEDED, told, strict=True) if not value]
    if lacking:
        reading.collector.add(
            faults.INCOMPLETE,
            book.place("keputusan"),
            say("`keputusan` buku SOP tanpa {names}", names=", ".join(f"`{key}`" for key in lacking)),
            say("Lengkapi, atau hapus `keputusan` bila bukunya memang tanpa keputusan."),
        )
        return None
    return decree


def _signer(reading: Reading, officials: Sequence[Official]) -> str:
    wanted = reading.text("pengesah")
    known = [official.id for official in officials if official.id]
    found = next((id_ for id_ in known if id_.casefold() == wanted.casefold()), "")
    if wanted and not found:
        reading.collector.add(
            faults.REFERENCE,
            reading.place("pengesah"),
            say("pengesah `{id_}` tidak ada di pejabat.csv", id_=wanted),
            did_you_mean(wanted, known) if known else say("Tambahkan pejabat itu ke pejabat.csv."),
        )
    return found
