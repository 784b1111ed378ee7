"""Members of a register by what the rows of other tables call them: an id, or a name with or without titles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.model.message import say
from pipeline.model.naming import fold
from pipeline.model.recess import Member
from pipeline.readers import faults
from pipeline.readers.recess_cells import Cell

_FRONT = re.compile(
    r"^(?:(?:prof|dr|dra|drs|drh|drg|ir|h|hj|k\.?\s?h|kh|rr?|tgk|ust|ustadz?|ns|apt|sdr|sdri|bpk|bapak|ibu)\.?\s+"
    r"|(?:h|hj|drs|dra|dr|ir|prof)\.)+",
    re.IGNORECASE,
)
"""Titles before a name; degrees stand behind it, after a comma."""


@lru_cache(maxsize=4096)
def bare_name(name: str) -> str:
    """Key of ``name`` without titles before it and degrees behind it: "H. Nama Contoh, S.E." and "NAMA CONTOH"."""
    head = name.partition(",")[0].strip()
    return fold(_FRONT.sub("", head)) or fold(name)


class People:
    """Finds members; a name that two of them bear finds nobody."""

    def __init__(self, members: Iterable[Member]) -> None:
        self.names: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        for member in members:
            self.names.setdefault(member.id, member.name)
            self._ids.setdefault(member.id.casefold(), member.id)
            for key in {fold(member.name), bare_name(member.name)} - {""}:
                self._by_name.setdefault(key, set()).add(member.id)

    def find(self, text: str) -> str:
        """The id of the member that ``text`` means; ``text`` itself when it is known as neither id nor name."""
        if text in self.names or not text:
            return text
        known = self._ids.get(text.casefold())
        return known or next((only for key in (fold(text), bare_name(text)) if (only := self._only(key))), text)

    def _only(self, key: str) -> str:
        found = self._by_name.get(key, set())
        return next(iter(found)) if len(found) == 1 else ""

    def stated(self, id: str, name: str, cell: Cell) -> str:
        """The member of a row that gives an id, a name, or both; both must mean the same one."""
        if not name or id == name:
            found = self.find(id)
            if found not in self.names and len(self._by_name.get(bare_name(found), ())) > 1:
                self._two(found, cell)
            return found
        named = self.find(name)
        if not id:
            return named
        found = self.find(id)
        if found in self.names and named in self.names and found != named:
            cell.fault(
                faults.REFERENCE,
                say("`{id}` adalah {a}, sedangkan baris ini menyebut {b}", id=id, a=self.names[found], b=name),
                say("Perbaiki `anggota_id` atau `nama_anggota`; yang dipakai adalah `anggota_id`."),
            )
        return found

    def _two(self, name: str, cell: Cell) -> None:
        cell.fault(
            faults.REFERENCE,
            say("nama `{v}` dimiliki lebih dari satu anggota", v=name),
            say("Sebut anggotanya dengan `anggota_id`."),
        )
