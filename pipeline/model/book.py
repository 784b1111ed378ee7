"""What an office says of its book of SOPs (``buku`` in ``kantor.yaml``)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decree:
    """The decree that enacts the SOPs (``keputusan``), as it is to be printed; empty where the office says nothing.

    ``considering`` (``menimbang``), ``recalling`` (``mengingat``) and ``deciding`` (``memutuskan``) are its paragraphs
    in order. ``signer`` (``pengesah``) is an id in ``pejabat.csv``; the decree names that official without titles and
    NIP (Permendagri 1/2023 art. 44).
    """

    number: str = ""
    date: dt.date | None = None
    about: str = ""
    considering: tuple[str, ...] = ()
    recalling: tuple[str, ...] = ()
    deciding: tuple[str, ...] = ()
    signer: str = ""


@dataclass(frozen=True, slots=True)
class BookWords:
    """Words of the office for the book; what is empty is left to the book. ``year`` is None when it is not stated.

    ``scope`` (``ruang_lingkup``), ``summary`` (``ringkasan``) and ``terms`` (``definisi``) are its explanation.
    """

    title: str = ""
    year: int | None = None
    decree: Decree | None = None
    scope: str = ""
    summary: str = ""
    terms: tuple[str, ...] = ()
