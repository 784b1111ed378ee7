"""Uraian aspirasi disalin dari laporan anggota lain.

Apa: Uraian aspirasi seorang anggota bukan salinan dari anggota lain untuk tempat lain. Ditemukan bila sedikitnya lima
    uraian (masing-masing lima kata atau lebih), dan sedikitnya separuh dari uraian anggota itu, lebih dari 90 % sama.
Mengapa: Laporan yang disalin tidak menggambarkan apa yang disampaikan masyarakat di tempat itu.
Salah: Enam dari sepuluh uraian A07 sama kata demi kata dengan uraian A03 di kecamatan lain
Benar: Setiap uraian menyebut apa yang disampaikan pada pertemuan itu
Sumber: Konvensi. Hanya catatan: uraian yang dipakai lebih dari tiga anggota dianggap rumusan baku dan tidak dihitung,
    dan usulan untuk desa yang sama dianggap satu kebutuhan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipeline.model.finding import Confidence, Related, Severity
from pipeline.model.message import say
from pipeline.model.recess import Proposal
from pipeline.recess.rules.base import Hit, RecessContext, Rule
from pipeline.recess.text import squash

_WORDS = 5
_TEXTS = 5
_SHARE = 0.5
_LIKE = 90
_COMMON = 3
"""A text of more members than these is common wording."""
_RARE = 8
"""Texts are compared where they share a word, a beginning or an end that at most so many different texts have."""
_COMPARED = 400_000
"""Comparisons at most: more than that many similar texts are common wording as well."""
_LONGEST = 1_000
_SHOWN = 3
_NUMBER = re.compile(r"\d+")


class _Text(NamedTuple):
    """A text without the numbers and names of its own place: the same text elsewhere is the same here."""

    plain: str
    rows: list[int]
    """Positions in ``recess.proposals``."""


def check(ctx: RecessContext) -> Iterator[Hit]:
    """A hit for each member most of whose texts are those of another; of such a pair the later one is told."""
    texts = _texts(ctx)
    copied: dict[tuple[str, str], dict[int, int]] = {}
    for text in texts:
        _note(ctx, text.rows, text.rows, copied)
    for near, like in _alike(texts):
        _note(ctx, near.rows, like.rows, copied)
    told: set[str] = set()
    for (member, other), pairs in sorted(copied.items(), key=lambda item: -len(item[1])):
        enough = len(pairs) >= _TEXTS and len(pairs) >= _SHARE * len(ctx.heard[member])
        if enough and member in ctx.members and other in ctx.members and not {member, other} & told:
            told |= {member}
            yield _hit(ctx, member, other, pairs)


def _texts(ctx: RecessContext) -> tuple[_Text, ...]:
    """The texts of few members that are long enough to be nobody else's by chance."""
    rows = ctx.recess.proposals
    found: dict[str, list[int]] = {}
    for position, plain in enumerate(ctx.plain):
        if plain.count(" ") >= _WORDS - 1 and rows[position].member_id:
            found.setdefault(_NUMBER.sub("", plain[:_LONGEST]), []).append(position)
    placeless: dict[str, list[int]] = {}
    for plain, positions in found.items():
        if _by_few(rows, positions):
            for position in positions:
                placeless.setdefault(_without_place(plain, rows[position]), []).append(position)
    return tuple(
        _Text(plain, positions)
        for plain, positions in placeless.items()
        if plain.count(" ") >= _WORDS - 1 and _by_few(rows, positions)
    )


def _by_few(rows: tuple[Proposal, ...], positions: Iterable[int]) -> bool:
    members: set[str] = set()
    for position in positions:
        members.add(rows[position].member_id)
        if len(members) > _COMMON:
            return False
    return True


def _without_place(plain: str, row: Proposal) -> str:
    own = set(squash(f"{row.village} {row.subdistrict} {row.location}").split())
    return " ".join(word for word in plain.split() if word not in own)


def _note(
    ctx: RecessContext, ones: list[int], others: list[int], copied: dict[tuple[str, str], dict[int, int]]
) -> None:
    """Add the rows of different members at different places: each later row once, with the earliest of the other."""
    rows = ctx.recess.proposals
    for these, those in ((ones, others), (others, ones)):
        earliest = _earliest(ctx, those)
        for later in these:
            for member, by_place in earliest.items():
                place = _place(rows[later])
                first = next((position for at, position in by_place.items() if at != place), later)
                if member != rows[later].member_id and first < later:
                    copied.setdefault((rows[later].member_id, member), {}).setdefault(later, first)


def _earliest(ctx: RecessContext, positions: Iterable[int]) -> dict[str, dict[tuple[str, str], int]]:
    """The first of the rows of each member, and the first at another place than that: member -> place -> position."""
    found: dict[str, dict[tuple[str, str], int]] = {}
    for position in sorted(positions):
        row = ctx.recess.proposals[position]
        by_place = found.setdefault(row.member_id, {})
        if len(by_place) < 2:  # whatever place is asked about, one of two is another
            by_place.setdefault(_place(row), position)
    return found


def _place(row: Proposal) -> tuple[str, str]:
    return squash(row.subdistrict), squash(row.village)


def _alike(texts: tuple[_Text, ...]) -> Iterator[tuple[_Text, _Text]]:
    """Pairs of different texts that are nearly the same, among those that share something rare."""
    from rapidfuzz import fuzz

    frequency = Counter(mark for text in texts for mark in _marks(text.plain))
    by_mark: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for mark in _marks(text.plain):
            if 1 < frequency[mark] <= _RARE:
                by_mark.setdefault(mark, []).append(number)
    compared: set[tuple[int, int]] = set()
    for numbers in by_mark.values():
        for pair in ((one, other) for at, one in enumerate(numbers) for other in numbers[at + 1 :]):
            if pair in compared:
                continue
            if len(compared) >= _COMPARED:
                return
            compared.add(pair)
            one, other = texts[pair[0]], texts[pair[1]]
            if fuzz.ratio(one.plain, other.plain, score_cutoff=_LIKE) > _LIKE:
                yield one, other


def _marks(plain: str) -> tuple[str, ...]:
    """What two copies with a word changed share: the other words, and their beginnings or their ends; each once.

    In the order of the text: which of several copies is named must not be another with every run.
    """
    words = plain.split()
    return tuple(dict.fromkeys((*words, " ".join(words[:_WORDS]), " ".join(words[-_WORDS:]))))


def _hit(ctx: RecessContext, member: str, other: str, pairs: Mapping[int, int]) -> Hit:
    rows = ctx.recess.proposals
    copies = sorted(pairs)
    related = (
        Related(
            ctx.place(ctx.proposal(rows[copy], "uraian")),
            say("sama dengan uraian {id_} milik `{other}`", id_=rows[pairs[copy]].id, other=other),
        )
        for copy in copies[:_SHOWN]
    )
    return Hit(
        ctx.member(ctx.members[member], "id"),
        say(
            "{n} dari {m} uraian {name} ({id_}) sama dengan uraian {other} ({other_id}) untuk tempat lain",
            n=len(copies),
            m=len(ctx.heard[member]),
            name=ctx.members[member].name,
            id_=member,
            other=ctx.members[other].name,
            other_id=other,
        ),
        say("Pastikan uraian itu memang disampaikan masyarakat di kedua tempat."),
        related=tuple(related),
    )


RULE = Rule(
    code="RES-14",
    name="uraian-disalin",
    severity=Severity.INFO,
    about=say("Uraian aspirasi seorang anggota disalin dari anggota lain."),
    source="konvensi",
    confidence=Confidence.MEDIUM,
    doc=__doc__,
    check=check,
)
