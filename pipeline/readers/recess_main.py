"""What ``reses.yaml`` says of a recess, apart from its tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.model.finding import Place
from pipeline.model.inputs import OfficeInput
from pipeline.model.message import say
from pipeline.model.office import Official
from pipeline.model.recess import Planning, Proposal
from pipeline.readers import faults
from pipeline.readers.dates import parse_date, written_out
from pipeline.readers.faults import Collector
from pipeline.readers.fields import Reading
from pipeline.readers.nearest import did_you_mean
from pipeline.readers.nodes import ListNode, MapNode, Node, TextNode

NO_COMPARISON = "tidak"


def plenaries(reading: Reading) -> tuple[dt.date, ...]:
    """The dates under ``rapat_paripurna``, each once and in order of time."""
    found: list[dt.date | None] = []
    for number, text in enumerate(reading.texts("rapat_paripurna")):
        place = reading.collector.places[(*reading.path, "rapat_paripurna", number)]
        found.append(written_out(text) or parse_date(text, place, reading.collector))
    return tuple(sorted({day for day in found if day is not None}))


def planning(reading: Reading) -> Planning | None:
    """What ``pokir`` says; None when it says nothing, so that its rules stay quiet."""
    inner = reading.mapping("pokir")
    if inner is None:
        return None
    return Planning(inner.integer("tahun_anggaran", 2000, 2100), inner.date("batas"), inner.date("tanggal_masuk"))


@dataclass(frozen=True, slots=True)
class Group:
    """Ids that stand together under ``gabung`` or ``pisah``, with their places."""

    ids: tuple[str, ...]
    places: tuple[Place, ...]


def groups(reading: Reading, key: str) -> tuple[Group, ...]:
    """The groups of ids under ``key``: a list of lists, one list, or texts with ``;`` between the ids."""
    node = reading.get(key)
    if isinstance(node, MapNode):
        reading.wrong(key, node)
    if not isinstance(node, ListNode):
        return tuple(_group([node])) if isinstance(node, TextNode) else ()
    plain = [item for item in node.items if isinstance(item, TextNode)]
    if plain and len(plain) == len(node.items) and not any(";" in (item.text or "") for item in plain):
        return tuple(_group(plain))
    return tuple(group for item in node.items for group in _item(reading, key, item))


def _item(reading: Reading, key: str, item: Node) -> Iterator[Group]:
    texts = item.items if isinstance(item, ListNode) else (item,)
    if all(isinstance(text, TextNode) for text in texts):
        yield from _group(text for text in texts if isinstance(text, TextNode))
    else:
        reading.wrong(key, item)


def _group(texts: Iterable[TextNode]) -> Iterator[Group]:
    pairs = [(part.strip(), text.place) for text in texts for part in (text.text or "").split(";") if part.strip()]
    if pairs:
        yield Group(tuple(part for part, _ in pairs), tuple(place for _, place in pairs))


def checked_groups(
    reading: Reading, key: str, proposals: Iterable[Proposal], known: bool
) -> tuple[tuple[str, ...], ...]:
    """The groups under ``key`` that can be followed; ids that no proposal has are told and left out.

    ``known`` is False when not every proposal could be read: then no id is said to be missing.
    """
    found = groups(reading, key)
    if not found:
        return ()
    ids = {proposal.id.casefold(): proposal.id for proposal in proposals if proposal.id}
    kept = []
    for group in found:
        here = dict.fromkeys(ids[name.casefold()] for name in group.ids if name.casefold() in ids)
        missing = [pair for pair in zip(group.ids, group.places, strict=True) if pair[0].casefold() not in ids]
        for name, place in missing if known else ():
            _no_such(key, name, place, ids.values(), reading.collector)
        if len(here) > 1:
            kept.append(tuple(here))
        elif not missing:
            _alone(key, group, reading.collector)
    return tuple(kept)


def _no_such(key: str, name: str, place: Place, ids: Iterable[str], collector: Collector) -> None:
    from pipeline.readers.nearest import nearest

    near = nearest(name, ids)
    collector.add(
        faults.REFERENCE,
        place,
        say("`{key}` menyebut `{v}`, tetapi tidak ada aspirasi dengan id itu", key=key, v=name),
        say("Maksud Anda `{near}`?", near=near) if near else say("Perbaiki atau hapus id itu di reses.yaml."),
    )


def _alone(key: str, group: Group, collector: Collector) -> None:
    collector.add(
        faults.INCOMPLETE,
        group.places[0],
        say("kelompok di `{key}` hanya berisi satu aspirasi", key=key),
        say("Tulis sedikitnya dua id, misalnya [U0001, U0007], atau hapus kelompok ini."),
    )


def tell_contradictions(
    reading: Reading, together: tuple[tuple[str, ...], ...], apart: tuple[tuple[str, ...], ...]
) -> None:
    """Tell each group of ``apart`` that ``together`` contradicts: a wrong merge would hide a proposal, so it stays."""
    for group in apart:
        both = next((sorted(set(group) & set(one)) for one in together if len(set(group) & set(one)) > 1), None)
        if both is None:
            continue
        reading.collector.add(
            faults.TWICE,
            reading.place("pisah"),
            say("{names} ada di `gabung` dan juga di `pisah`", names=", ".join(f"`{name}`" for name in both[:4])),
            say("Hapus dari salah satunya; sampai itu yang berlaku adalah `pisah`."),
        )


def previous(reading: Reading, folder: Path) -> str:
    """The folder under ``pembanding``; "" after the finding when there is none of this name beside ``folder``."""
    name = reading.text("pembanding")
    if not name:
        return ""
    if name.casefold() == NO_COMPARISON:
        return NO_COMPARISON
    others = _siblings(folder.resolve())
    if name in others:
        return name
    reading.collector.add(
        faults.REFERENCE,
        reading.place("pembanding"),
        say("tidak ada folder reses `{v}` di samping folder ini", v=name),
        did_you_mean(name, [*others, NO_COMPARISON]),
    )
    return ""


def _siblings(folder: Path) -> list[str]:
    """Names of the other recesses beside ``folder``."""
    try:
        beside = sorted(path.name for path in folder.parent.iterdir() if path.is_dir())
    except OSError:
        return []
    return [name for name in beside if name != folder.name and not name.startswith(".")]


def signer(reading: Reading, office: OfficeInput) -> Official | None:
    """Who signs: an official of the office by id, or the mapping itself."""
    node = reading.get("penandatangan")
    if isinstance(node, MapNode):
        official = reading.mapping("penandatangan")
        return _official(official) if official else None
    if not isinstance(node, TextNode):
        if node is not None:
            reading.wrong("penandatangan", node)
        return None
    wanted = reading.text("penandatangan")
    found = next(
        (official for official in office.office.officials if official.id.casefold() == wanted.casefold()), None
    )
    if found is None:
        reading.collector.add(
            faults.REFERENCE,
            reading.place("penandatangan"),
            say("`{v}` tidak ada di pejabat.csv", v=wanted),
            did_you_mean(wanted, [official.id for official in office.office.officials]),
        )
    return found


def _official(reading: Reading) -> Official:
    return Official(
        name=reading.text("nama"),
        position=reading.text("jabatan"),
        nip=reading.text("nip"),
        rank=reading.text("pangkat"),
        grade=reading.text("golongan"),
        capacity=reading.choice("sebagai", ""),
    )
