"""The rule page (``docs/rules.md``) and the text of ``tertib explain``, made from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model.finding import Confidence, Severity
from pipeline.model.message import NOTHING, Lang, Message, say, translated, verbatim
from pipeline.rules import absent, registry
from pipeline.rules.base import Rule

HEADINGS = ("Apa", "Mengapa", "Salah", "Benar", "Sumber")
_LABELS = {
    "Apa": say("Apa"),
    "Mengapa": say("Mengapa"),
    "Salah": say("Salah"),
    "Benar": say("Benar"),
    "Sumber": say("Sumber"),
}
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}): ", re.MULTILINE)
_SEVERITIES = {
    Severity.ERROR: say("kesalahan"),
    Severity.WARNING: say("peringatan"),
    Severity.INFO: say("catatan"),
}
FIXABLE = say("Dapat diperbaiki otomatis dengan --fix, bila pasti.")
_FAMILIES: dict[str, Message] = {
    "MSK": say("Masukan"),
    "STR": say("Susunan buku SOP"),
    "IDN": say("Halaman identitas"),
    "TGL": say("Tanggal", context="keluarga"),
    "KEG": say("Kalimat kegiatan"),
    "PLK": say("Pelaksana"),
    "ALR": say("Alur"),
    "MUT": say("Mutu baku"),
    "DUR": say("Waktu"),
    "HKM": say("Dasar hukum"),
    "BHS": say("Bahasa"),
    "FMT": say("Tata letak halaman"),
    "RES": say("Reses"),
    "ASP": say("Aspirasi"),
    "PKR": say("Pokok-pokok pikiran"),
    "TTD": say("Tanda tangan"),
    "NAR": say("Naskah cerita"),
    "ATR": say("Aturan pemeriksaan"),
    "INT": say("Kesalahan program"),
    "ARS": say("Arsip"),
    "PDF": say("PDF yang dibuat dan diperiksa"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding made elsewhere (readers, recess), for the page and for ``explain``; ``doc`` may be "".

    ``cases`` are what a code with several causes is found for: the cause and what to do about it.
    ``fixable`` is that of a rule. ``scope`` is what it judges, where another rule has the same code: an SOP, or the
    data of a recess. ``confidence`` is that of its source.
    """

    code: str
    name: str
    severity: Severity
    summary: Message
    source: str = ""
    doc: str = ""
    cases: tuple[tuple[Message, Message], ...] = ()
    fixable: bool = False
    scope: Message = NOTHING
    confidence: Confidence = Confidence.HIGH


_ON_SOP = say("pada SOP")


ENGINE_ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ATR-01",
        "aturan-tidak-dikenal",
        Severity.WARNING,
        say("Kode aturan di --select, --ignore, kantor.yaml, atau kecuali tidak dikenal"),
    ),
    Entry(
        "ATR-02",
        "pengecualian-berakhir",
        Severity.WARNING,
        say("Pengecualian sudah lewat tanggal `sampai`"),
    ),
    Entry(
        "ATR-03",
        "pengecualian-tanpa-temuan",
        Severity.WARNING,
        say("Pengecualian tidak mengenai temuan apa pun"),
    ),
    Entry(
        "ATR-04",
        "baris-regulasi-salah",
        Severity.ERROR,
        say("Baris regulasi.csv tidak sah"),
    ),
    Entry(
        "ATR-05",
        "pengecualian-dipakai",
        Severity.INFO,
        say("Sebuah temuan tidak ditampilkan karena dikecualikan di `kecuali`"),
    ),
    Entry(
        "INT-01",
        "aturan-gagal",
        Severity.ERROR,
        say("Sebuah aturan gagal memeriksa"),
    ),
)


def entry_of(rule: Rule) -> Entry:
    """A rule as an entry of the page."""
    return Entry(
        rule.code,
        rule.name,
        rule.severity,
        rule.summary,
        rule.source,
        rule.doc,
        fixable=rule.fixable,
        confidence=rule.confidence,
    )


def entries(others: Iterable[Entry] = ()) -> tuple[Entry, ...]:
    """Every entry: the rules in their order, what the engine itself reports, then ``others``.

    A code stands there once, or once for SOPs and once for the data of recesses: only then do both have a ``scope``.
    """
    mine = {entry.code: entry for entry in (*(entry_of(rule) for rule in registry.RULES), *ENGINE_ENTRIES)}
    more = {entry.code: entry for entry in others}
    both = {code for code in mine.keys() & more.keys() if more[code].scope != NOTHING}
    found = [replace(entry, scope=_ON_SOP) if code in both else entry for code, entry in mine.items()]
    for code, entry in more.items():
        if code in both:
            found.append(entry)
        elif code not in mine:
            found.append(replace(entry, scope=NOTHING))
    return tuple(found)


def sections(doc: str) -> dict[str, str]:
    """Heading -> text of a rule's docstring, lines joined."""
    parts = _HEADING.split(doc)
    return {parts[i]: " ".join(parts[i + 1].split()) for i in range(1, len(parts) - 1, 2)}


def told(entry: Entry, lang: Lang) -> tuple[tuple[str, str], ...]:
    """The explanation of an entry in ``lang``, as pairs of a heading (one of ``HEADINGS``) and its text."""
    found = sections(entry.doc) or ({"Sumber": entry.source} if entry.source else {})
    return tuple((heading, translated(found[heading], lang)) for heading in HEADINGS if heading in found)


def explain(name: str, lang: Lang, others: Iterable[Entry] = ()) -> str | None:
    """The text of ``tertib explain NAME``: the page of a code or slug, the list of a family, for a code of the
    catalogue that is no rule the reason.

    None for an unknown name, see ``registry.nearest``.
    """
    wanted = name.strip().lower()
    if wanted.upper() in _FAMILIES:
        return listing(lang, others, wanted.upper())
    pages = [_page(entry, lang) for entry in entries(others) if wanted in (entry.code.lower(), entry.name)]
    if pages:
        return "\n".join(pages)
    why = absent.reason(name)
    return f"{why.text(lang)}\n" if why is not None else None


def _page(entry: Entry, lang: Lang) -> str:
    scope = f"  {entry.scope.text(lang)}" if entry.scope != NOTHING else ""
    lines = [
        f"{entry.code}  {entry.name}  ({_SEVERITIES[entry.severity].text(lang)}){scope}",
        "",
        entry.summary.text(lang) + ".",
    ]
    for cause, remedy in entry.cases:
        lines += ["", f"- {cause.text(lang)}", f"  {remedy.text(lang)}"]
    for heading, text in told(entry, lang):
        lines += ["", f"{_LABELS[heading].text(lang)}:", f"  {text}"]
    if entry.fixable:
        lines += ["", FIXABLE.text(lang)]
    return "\n".join(lines) + "\n"


def listing(lang: Lang, others: Iterable[Entry] = (), only: str = "") -> str:
    """The text of ``tertib explain`` without a code: every code with its severity and summary, by family.

    ``only`` is a family: then the codes of that one.
    """
    lines: list[str] = []
    family = ""
    for entry in _by_family(entry for entry in entries(others) if entry.code.startswith(only)):
        if entry.code[:3] != family:
            family = entry.code[:3]
            lines += ([""] if lines else []) + [_family(family).text(lang)]
        scope = f" – {entry.scope.text(lang)}" if entry.scope != NOTHING else ""
        severity = _SEVERITIES[entry.severity].text(lang)
        lines.append(f"  {entry.code}  {severity:<10}  {entry.summary.text(lang)}{scope}")
    return "\n".join(lines) + "\n"


def _family(family: str) -> Message:
    return _FAMILIES.get(family) or verbatim(family)


def family_of(code: str) -> Message:
    """What the family of a rule is about, in words."""
    return _family(code[:3])


def _by_family(every: Iterable[Entry]) -> list[Entry]:
    order = list(_FAMILIES)
    return sorted(every, key=lambda e: (order.index(e.code[:3]) if e.code[:3] in order else 99, e.code))


_PAGE = (
    say("Aturan pemeriksaan"),
    say("Halaman ini dibuat dari aturannya sendiri; jangan diubah di sini. Di terminal: `tertib explain KODE`."),
    say(
        "Tingkat bawaan: *kesalahan* menahan dokumen pada tahap tinjau dan final, *peringatan* hanya dengan "
        "`--strict`, *catatan* tidak pernah. Kantor dapat mengubahnya di `kantor.yaml`, kunci `aturan`."
    ),
)


def rules_page(lang: Lang, others: Iterable[Entry] = ()) -> str:
    """The page of all rules: ``docs/rules.md`` in Indonesian, ``docs/rules.en.md`` in English."""
    title, made, severities = (part.text(lang) for part in _PAGE)
    lines = [f"# {title}", "", made, "", severities]
    family = ""
    for entry in _by_family(entries(others)):
        if entry.code[:3] != family:
            family = entry.code[:3]
            lines += ["", f"## {family}: {_family(family).text(lang)}"]
        about = say("{summary}. Tingkat: {severity}.", summary=entry.summary, severity=_SEVERITIES[entry.severity])
        scope = f" ({entry.scope.text(lang)})" if entry.scope != NOTHING else ""
        lines += ["", f"### {entry.code} {entry.name}{scope}", "", about.text(lang)]
        explained = told(entry, lang)
        if explained or entry.cases:
            lines.append("")
        lines += [f"- **{cause.text(lang)}** {remedy.text(lang)}" for cause, remedy in entry.cases]
        lines += [f"- **{_LABELS[heading].text(lang)}:** {text}" for heading, text in explained]
        if entry.fixable:
            lines.append(f"- {FIXABLE.text(lang)}")
    lines += ["", f"## {absent.TITLE.text(lang)}", "", absent.ABOUT.text(lang), ""]
    lines += [f"- **{code}:** {why.text(lang)}" for code, why in sorted(absent.ABSENT.items())]
    return "\n".join(lines) + "\n"
