"""The options that several commands share, and the settings made from them."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from pipeline.cli.caching import cache_folder
from pipeline.cli.near import folder, near_word
from pipeline.errors import UsageError
from pipeline.model.finding import Stage
from pipeline.model.message import Lang, Message, say
from pipeline.report.formats import COUNTED, FORMATS
from pipeline.run.settings import FORMATS as SOP_FORMATS
from pipeline.run.settings import RECESS_PARTS, Settings

_STAGES: Final = tuple(stage.value for stage in Stage)
_MOST_JOBS: Final = 8
_MEMORY_OF_JOB: Final = 400 << 20
"""Bytes that a LibreOffice and the process beside it take (measured: 330 MB)."""


class Parsed(click.ParamType):  # type: ignore[type-arg] # generic only in newer versions of click
    """A value that ``parse`` makes of the text, or a message that says why it cannot."""

    name = "value"

    def __init__(self, parse: Callable[[str], object], lang: Lang) -> None:
        self._parse = parse
        self._lang: Lang = lang

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> object:
        """The parsed value. Fails with the message."""
        parsed = self._parse(value) if isinstance(value, str) else value
        if isinstance(parsed, Message):
            self.fail(parsed.text(self._lang), param, ctx)
        return parsed


def word(lang: Lang, *words: str) -> click.ParamType:  # type: ignore[type-arg] # as above
    """The type of an argument that is one of ``words``."""
    return Parsed(_one_of(*words), lang)


def _one_of(*words: str) -> Callable[[str], object]:
    def parse(text: str) -> object:
        if text in words:
            return text
        return _not_among(text, ", ".join(words))

    return parse


def _not_among(text: str, words: str) -> Message:
    return say("{text} tidak dikenal. Pilihannya: {words}.", text=text, words=words)


def _day(text: str) -> object:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return say("{text} bukan tanggal. Tulis tahun-bulan-hari, misalnya 2026-01-31.", text=text)


def day(lang: Lang) -> click.ParamType:  # type: ignore[type-arg] # as above
    """The type of an option that is a date."""
    return Parsed(_day, lang)


def _count(text: str) -> object:
    if text.isascii() and text.isdecimal() and len(text) <= 3 and int(text):
        return int(text)
    return say("{text} bukan bilangan dari 1 sampai 999.", text=text)


def _option(names: tuple[str, ...], help: Message, lang: Lang, **more: Any) -> click.Option:
    return click.Option(list(names), help=help.text(lang), **more)


_CODES = say("KODE")
ANY_PATH = click.Path(path_type=Path, readable=False)
"""A path as it is given: whether it can be used is said by whoever uses it, in our own words."""


def paths(*, required: bool = False, metavar: str = "PATH") -> click.Argument:
    """The PATH arguments."""
    shown = f"{metavar}..." if required else f"[{metavar}]..."
    return click.Argument(["paths"], nargs=-1, required=required, type=ANY_PATH, metavar=shown)


def _output(lang: Lang) -> click.Option:
    text = say("Folder keluaran (bawaan: outputs).")
    return _option(("-o", "--output"), text, lang, type=ANY_PATH, default=Path("outputs"), metavar="FOLDER")


def _jobs(lang: Lang) -> click.Option:
    text = say("Banyaknya dokumen yang dikerjakan sekaligus (bawaan: sesuai prosesor dan memori).")
    return _option(("-j", "--jobs"), text, lang, type=Parsed(_count, lang), default=None, metavar="N")


def _lang(lang: Lang) -> click.Option:
    text = say("Bahasa: id atau en (bawaan: menurut sistem).")
    return _option(("--lang",), text, lang, type=Parsed(_one_of("id", "en"), lang), default=None, metavar="id|en")


def _format(lang: Lang) -> click.Option:
    text = say("Bentuk laporan: lengkap, satu baris per temuan, atau untuk program lain (JSON, SARIF, JUnit, GitHub).")
    return _option(
        ("--format",), text, lang, type=Parsed(_one_of(*FORMATS), lang), default="full", metavar="|".join(FORMATS)
    )


def _select(lang: Lang) -> click.Option:
    text = say("Hanya aturan atau keluarga ini, dipisah koma (misalnya HKM,IDN-09).")
    return _option(("--select",), text, lang, multiple=True, metavar=_CODES.text(lang))


def _ignore(lang: Lang) -> click.Option:
    text = say("Abaikan aturan atau keluarga ini.")
    return _option(("--ignore",), text, lang, multiple=True, metavar=_CODES.text(lang))


def _as_of(lang: Lang) -> click.Option:
    text = say("Nilai keberlakuan peraturan pada tanggal ini (2026-01-31).")
    return _option(("--as-of",), text, lang, type=Parsed(_day, lang), default=None, metavar=say("TANGGAL").text(lang))


def _strict(lang: Lang) -> click.Option:
    text = say("Peringatan juga menahan dokumen.")
    return _option(("--strict",), text, lang, is_flag=True)


def _stage(lang: Lang) -> click.Option:
    text = say("Anggap semua dokumen pada tahap ini.")
    return _option(
        ("--stage",), text, lang, type=Parsed(_one_of(*_STAGES), lang), default=None, metavar="|".join(_STAGES)
    )


def _force(lang: Lang) -> click.Option:
    text = say("Buat lagi juga yang tidak berubah.")
    return _option(("--force",), text, lang, is_flag=True)


def _explain(lang: Lang) -> click.Option:
    text = say("Katakan untuk setiap dokumen mengapa dibuat lagi, atau bahwa tidak berubah.")
    return _option(("--explain",), text, lang, is_flag=True)


def _templates(lang: Lang) -> click.Option:
    text = say("Folder templat yang didahulukan (bawaan: KANTOR/templates, templates).")
    return _option(("--templates",), text, lang, type=Parsed(folder, lang), default=None, metavar="FOLDER")


def _also(lang: Lang) -> click.Option:
    text = say("Buat juga dalam bentuk ini, dipisah koma: svg (setiap halaman bagan alir), bpmn (alurnya, BPMN 2.0).")
    return _some_of(("--also",), text, lang, SOP_FORMATS)


def _only(lang: Lang) -> click.Option:
    text = say("Hanya laporan ini, dipisah koma (bawaan: semua).")
    return _some_of(("--only",), text, lang, RECESS_PARTS)


def _public(lang: Lang) -> click.Option:
    text = say("Susun edisi untuk umum, tanpa data pribadi, di folder publik.")
    return _option(("--public",), text, lang, is_flag=True)


def _no_pdf(lang: Lang) -> click.Option:
    text = say("Hanya DOCX, tanpa PDF.")
    return _option(("--no-pdf",), text, lang, is_flag=True)


def _some_of(names: tuple[str, ...], help: Message, lang: Lang, words: tuple[str, ...]) -> click.Option:
    """An option that takes several of ``words``, separated by commas or given more than once."""
    kind = Parsed(_listed(words), lang)
    return _option(names, help, lang, multiple=True, type=kind, metavar=",".join(words))


def _listed(words: tuple[str, ...]) -> Callable[[str], object]:
    def parse(text: str) -> object:
        names = [name.strip().lower().removeprefix(".") for name in text.split(",") if name.strip()]
        told = ", ".join(words)
        if not names:
            return say("pilihannya belum disebutkan; yang ada {w}.", w=told)
        unknown = next((name for name in names if name not in words), None)
        if unknown is None:
            return tuple(names)
        near = near_word(unknown, words)
        if near:
            return say(
                "{text} tidak dikenal. Maksud Anda {near}? Pilihannya: {words}.", text=unknown, near=near, words=told
            )
        return _not_among(unknown, told)

    return parse


def _no_cache(lang: Lang) -> click.Option:
    text = say("Periksa semuanya lagi, juga yang tidak berubah sejak pemeriksaan terakhir.")
    return _option(("--no-cache",), text, lang, is_flag=True)


def _baseline(lang: Lang) -> click.Option:
    text = say("Sembunyikan temuan lama yang tercatat di BERKAS; hanya yang baru ditampilkan dan menahan.")
    return _option(("--baseline",), text, lang, type=ANY_PATH, default=None, metavar=say("BERKAS").text(lang))


def _fix(lang: Lang) -> click.Option:
    text = say("Perbaiki di berkas masukan apa yang aman diperbaiki otomatis; naskah sebelumnya disimpan.")
    return _option(("--fix",), text, lang, is_flag=True)


def _diff(lang: Lang) -> click.Option:
    text = say("Tampilkan apa yang akan diubah --fix, tanpa mengubah apa pun.")
    return _option(("--diff",), text, lang, is_flag=True)


def _update_baseline(lang: Lang) -> click.Option:
    text = say("Catat semua temuan sekarang ke BERKAS dari --baseline.")
    return _option(("--update-baseline",), text, lang, is_flag=True)


def _statistics(lang: Lang) -> click.Option:
    text = say("Jumlah temuan tiap aturan sebagai pengganti temuannya, tiap kantor dan seluruhnya.")
    return _option(("--statistics",), text, lang, is_flag=True)


def _signed(lang: Lang) -> click.Option:
    text = say("Arsipkan PDF yang kembali dari penandatanganan di FOLDER ini; isinya tidak diubah.")
    return _option(("--signed",), text, lang, type=ANY_PATH, default=None, metavar="FOLDER")


def _rebuild(lang: Lang) -> click.Option:
    text = say("Buat ulang dokumen dari apa yang dibawa PDF-nya, dan katakan apakah sama.")
    return _option(("--rebuild",), text, lang, is_flag=True)


def _cluster(lang: Lang) -> click.Option:
    text = say(
        "Kerjakan di klaster banyak komputer: ALAMAT penjadwalnya, misalnya tcp://server:8786 (docs/scale.id.md)."
    )
    return _option(("--cluster",), text, lang, default=None, metavar=say("ALAMAT").text(lang))


def _quiet(lang: Lang) -> click.Option:
    text = say("Hanya yang menahan dokumen; tanpa kemajuan.")
    return _option(("-q", "--quiet"), text, lang, is_flag=True)


def _verbose(lang: Lang) -> click.Option:
    text = say("Ceritakan setiap langkah, dan rincian bila program gagal.")
    return _option(("-v", "--verbose"), text, lang, is_flag=True)


def _no_color(lang: Lang) -> click.Option:
    text = say("Tanpa warna.")
    return _option(("--no-color",), text, lang, is_flag=True)


_MADE: Final[Mapping[str, Callable[[Lang], click.Option]]] = {
    "output": _output,
    "jobs": _jobs,
    "format": _format,
    "statistics": _statistics,
    "select": _select,
    "ignore": _ignore,
    "as_of": _as_of,
    "strict": _strict,
    "stage": _stage,
    "force": _force,
    "explain": _explain,
    "templates": _templates,
    "also": _also,
    "only": _only,
    "public": _public,
    "no_pdf": _no_pdf,
    "fix": _fix,
    "diff": _diff,
    "baseline": _baseline,
    "update_baseline": _update_baseline,
    "no_cache": _no_cache,
    "signed": _signed,
    "rebuild": _rebuild,
    "cluster": _cluster,
    "lang": _lang,
    "quiet": _quiet,
    "verbose": _verbose,
    "no_color": _no_color,
}


def options(lang: Lang, *names: str) -> list[click.Parameter]:
    """The shared options of these names, in this order; those about the report's looks are always added."""
    wanted = dict.fromkeys((*names, "lang", "quiet", "verbose", "no_color"))
    return [_MADE[name](lang) for name in wanted]


@dataclass(frozen=True, slots=True)
class Looks:
    """How to print."""

    lang: Lang
    format: str = "full"
    quiet: bool = False
    verbose: bool = False
    color: bool = True
    statistics: bool = False


def looks_of(values: Mapping[str, Any], lang: Lang) -> Looks:
    """How to print, from the values of a command line. Raises UsageError for what does not go together."""
    name = values.get("format") or "full"
    if values.get("statistics") and name not in COUNTED:
        raise UsageError(
            say("--statistics hanya untuk --format {formats}. Hapus salah satunya.", formats=", ".join(COUNTED))
        )
    return Looks(
        lang,
        name,
        bool(values.get("quiet")),
        bool(values.get("verbose")),
        not values.get("no_color"),
        bool(values.get("statistics")),
    )


def settings_of(values: Mapping[str, Any], lang: Lang) -> Settings:
    """The settings from the values of a command line, the working folder and today's date."""
    root = Path.cwd()
    stage = values.get("stage")
    templates = values.get("templates")
    baseline = values.get("baseline")
    signed = values.get("signed")
    return Settings(
        root=root,
        output=root / (values.get("output") or "outputs"),
        today=dt.date.today(),  # noqa: DTZ011 - the day on the office's own calendar
        paths=tuple(values.get("paths") or ()),
        lang=lang,
        jobs=values.get("jobs") or _processors(),
        stage=Stage(stage) if stage else None,
        strict=bool(values.get("strict")),
        select=_codes(values.get("select") or ()),
        ignore=_codes(values.get("ignore") or ()),
        as_of=values.get("as_of"),
        force=bool(values.get("force")),
        templates=root / templates if templates else None,
        also=frozenset(name for names in values.get("also") or () for name in names),
        only=frozenset(name for names in values.get("only") or () for name in names),
        public=bool(values.get("public")),
        pdf=not values.get("no_pdf"),
        signed=root / signed if signed else None,
        rebuild=bool(values.get("rebuild")),
        explain=bool(values.get("explain")),
        cache=None if values.get("no_cache") else cache_folder(os.environ),
        baseline=root / baseline if baseline else None,
        update_baseline=bool(values.get("update_baseline")),
    )


def _codes(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for text in texts for code in text.split(",") if code.strip())


def _processors() -> int:
    """As many documents at a time as there are processors, as far as half of the memory goes."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(count, _MOST_JOBS, _memory() // 2 // _MEMORY_OF_JOB))


def _memory() -> int:
    """Bytes of memory that the computer has; more than enough where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return sys.maxsize
