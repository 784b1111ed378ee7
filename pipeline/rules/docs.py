"""The rule page (``docs/rules.md``) and the text of ``tertib explain``, made from the rules themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model.finding import Severity
from pipeline.model.message import Lang, Message, say, verbatim
from pipeline.rules import registry
from pipeline.rules.base import Rule

HEADINGS = ("Apa", "Mengapa", "Salah", "Benar", "Sumber")
_ENGLISH = {"Apa": "What", "Mengapa": "Why", "Salah": "Bad", "Benar": "Good", "Sumber": "Source"}
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}): ", re.MULTILINE)
_SEVERITIES = {
    Severity.ERROR: say(id="kesalahan", en="error"),
    Severity.WARNING: say(id="peringatan", en="warning"),
    Severity.INFO: say(id="catatan", en="info"),
}
FIXABLE = say(
    id="Dapat diperbaiki otomatis dengan --fix, bila pasti.",
    en="Can be put right automatically with --fix, where that is certain.",
)
_FAMILIES: dict[str, Message] = {
    "MSK": say(id="Masukan", en="Input files"),
    "STR": say(id="Susunan buku SOP", en="Set of SOPs"),
    "IDN": say(id="Halaman identitas", en="Identity page"),
    "TGL": say(id="Tanggal", en="Dates"),
    "KEG": say(id="Kalimat kegiatan", en="Activities"),
    "PLK": say(id="Pelaksana", en="Actors"),
    "ALR": say(id="Alur", en="Flow"),
    "MUT": say(id="Mutu baku", en="Mutu baku"),
    "DUR": say(id="Waktu", en="Durations"),
    "HKM": say(id="Dasar hukum", en="Legal basis"),
    "BHS": say(id="Bahasa", en="Language"),
    "FMT": say(id="Tata letak halaman", en="Page layout"),
    "RES": say(id="Reses", en="Recess"),
    "ASP": say(id="Aspirasi", en="Proposals"),
    "PKR": say(id="Pokok-pokok pikiran", en="Proposals for planning"),
    "TTD": say(id="Tanda tangan", en="Signature"),
    "NAR": say(id="Naskah cerita", en="Narrative drafts"),
    "ATR": say(id="Aturan pemeriksaan", en="Rule settings"),
    "INT": say(id="Kesalahan program", en="Faults of the program"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding made elsewhere (readers, recess), for the page and for ``explain``; ``doc`` may be "".

    ``cases`` are what a code with several causes is found for: the cause and what to do about it.
    ``fixable`` is that of a rule.
    """

    code: str
    name: str
    severity: Severity
    summary: Message
    source: str = ""
    doc: str = ""
    cases: tuple[tuple[Message, Message], ...] = ()
    fixable: bool = False


ENGINE_ENTRIES: tuple[Entry, ...] = (
    Entry(
        "ATR-01",
        "aturan-tidak-dikenal",
        Severity.WARNING,
        say(
            id="Kode aturan di --select, --ignore, kantor.yaml, atau kecuali tidak dikenal",
            en="A rule code in --select, --ignore, kantor.yaml or kecuali is not known",
        ),
    ),
    Entry(
        "ATR-02",
        "pengecualian-berakhir",
        Severity.WARNING,
        say(id="Pengecualian sudah lewat tanggal `sampai`", en="An acceptance is past its date `sampai`"),
    ),
    Entry(
        "ATR-03",
        "pengecualian-tanpa-temuan",
        Severity.WARNING,
        say(id="Pengecualian tidak mengenai temuan apa pun", en="An acceptance meets no finding"),
    ),
    Entry(
        "ATR-04",
        "baris-regulasi-salah",
        Severity.ERROR,
        say(id="Baris regulasi.csv tidak sah", en="A row of regulasi.csv is not valid"),
    ),
    Entry(
        "ATR-05",
        "pengecualian-dipakai",
        Severity.INFO,
        say(
            id="Sebuah temuan tidak ditampilkan karena dikecualikan di `kecuali`",
            en="A finding is not shown because `kecuali` accepts it",
        ),
    ),
    Entry(
        "INT-01",
        "aturan-gagal",
        Severity.ERROR,
        say(id="Sebuah aturan gagal memeriksa", en="A rule failed on a document"),
    ),
)


def entry_of(rule: Rule) -> Entry:
    """A rule as an entry of the page."""
    return Entry(rule.code, rule.name, rule.severity, rule.summary, rule.source, rule.doc, fixable=rule.fixable)


def entries(others: Iterable[Entry] = ()) -> tuple[Entry, ...]:
    """Every entry: the rules in their order, what the engine itself reports, then ``others``; codes only once."""
    every = [*(entry_of(rule) for rule in registry.RULES), *ENGINE_ENTRIES, *others]
    return tuple({entry.code: entry for entry in reversed(every)}.values())[::-1]


def sections(doc: str) -> dict[str, str]:
    """Heading -> text of a rule's docstring, lines joined."""
    parts = _HEADING.split(doc)
    return {parts[i]: " ".join(parts[i + 1].split()) for i in range(1, len(parts) - 1, 2)}


def explain(name: str, lang: Lang, others: Iterable[Entry] = ()) -> str | None:
    """The text of ``tertib explain NAME`` (code or slug); None for an unknown name, see ``registry.nearest``."""
    wanted = name.strip().lower()
    for entry in entries(others):
        if wanted in (entry.code.lower(), entry.name):
            return _page(entry, lang)
    return None


def _page(entry: Entry, lang: Lang) -> str:
    lines = [
        f"{entry.code}  {entry.name}  ({_SEVERITIES[entry.severity].text(lang)})",
        "",
        entry.summary.text(lang) + ".",
    ]
    for cause, remedy in entry.cases:
        lines += ["", f"- {cause.text(lang)}", f"  {remedy.text(lang)}"]
    found = sections(entry.doc)
    for heading in HEADINGS:
        if heading in found:
            label = heading if lang == "id" else _ENGLISH[heading]
            lines += ["", f"{label}:", f"  {found[heading]}"]
    if entry.fixable:
        lines += ["", FIXABLE.text(lang)]
    if not found and entry.source:
        lines += ["", f"{'Sumber' if lang == 'id' else 'Source'}:", f"  {entry.source}"]
    return "\n".join(lines) + "\n"


def listing(lang: Lang, others: Iterable[Entry] = ()) -> str:
    """The text of ``tertib explain`` without a code: every code with its severity and summary, by family."""
    lines: list[str] = []
    family = ""
    for entry in _by_family(entries(others)):
        if entry.code[:3] != family:
            family = entry.code[:3]
            lines += ([""] if lines else []) + [_family(family).text(lang)]
        lines.append(f"  {entry.code}  {_SEVERITIES[entry.severity].text(lang):<10}  {entry.summary.text(lang)}")
    return "\n".join(lines) + "\n"


def _family(family: str) -> Message:
    return _FAMILIES.get(family) or verbatim(family)


def family_of(code: str) -> Message:
    """What the family of a rule is about, in words."""
    return _family(code[:3])


def _by_family(every: Iterable[Entry]) -> list[Entry]:
    order = list(_FAMILIES)
    return sorted(every, key=lambda e: (order.index(e.code[:3]) if e.code[:3] in order else 99, e.code))


def rules_page(others: Iterable[Entry] = ()) -> str:
    """``docs/rules.md`` in Indonesian."""
    lines = [
        "# Aturan pemeriksaan",
        "",
        "Halaman ini dibuat dari aturannya sendiri; jangan diubah di sini. Di terminal: `tertib explain KODE`.",
        "",
        "Tingkat bawaan: *kesalahan* menahan naskah pada tahap tinjau dan final, *peringatan* hanya dengan `--strict`, "
        "*catatan* tidak pernah. Kantor dapat mengubahnya di `kantor.yaml`, kunci `aturan`.",
    ]
    family = ""
    for entry in _by_family(entries(others)):
        if entry.code[:3] != family:
            family = entry.code[:3]
            lines += ["", f"## {family}: {_family(family).id}"]
        lines += [
            "",
            f"### {entry.code} {entry.name}",
            "",
            f"{entry.summary.id}. Tingkat: {_SEVERITIES[entry.severity].id}.",
        ]
        found = sections(entry.doc)
        if found or entry.source or entry.cases:
            lines.append("")
        lines += [f"- **{cause.id}** {remedy.id}" for cause, remedy in entry.cases]
        lines += [f"- **{heading}:** {found[heading]}" for heading in HEADINGS if heading in found]
        if not found and entry.source:
            lines.append(f"- **Sumber:** {entry.source}")
        if entry.fixable:
            lines.append(f"- {FIXABLE.id}")
    return "\n".join(lines) + "\n"
