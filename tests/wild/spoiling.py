"""Ways to spoil a file: bytes, lines and cells lost, doubled, moved, and put in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from random import Random

from tests.wild.values import EVERY

ODD = [
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\xe2\x80\xa8", b"\xc2\x85", b"\r",
    b"\n", b"\r\n", b"\t", b"\n\t", b'"', b'""', b"'", b",", b";", b":", b": ", b"- ", b"[", b"]", b"{", b"}", b"&a ",
    b"*a", b"!!int ", b"!!python/object:os.system ", b"<<: *dasar\n", b"<<: {}\n", b"? ", b"|\n", b">-\n", b"---\n",
    b"...\n", b"%YAML 9.9\n", b"#", b"sep=;\n", b"=1+1", b"\\", b"~", b"null", b"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    b"&x [*x, *x]", b"0", b"9" * 20, b"-",
]  # fmt: skip
Spoil = Callable[[bytes, Random], bytes]


def lose(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice((1, 2, 5, 40, 400)) :]


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def put_in(data: bytes, chance: Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    odd = chance.choice(ODD) if chance.random() < 0.5 else chance.choice(EVERY).encode("utf-8", "surrogatepass")
    return data[:start] + odd + data[start:]


def change(data: bytes, chance: Random) -> bytes:
    if not data:
        return b"\x00"
    at = chance.randrange(len(data))
    return data[:at] + bytes((chance.randrange(256),)) + data[at + 1 :]


def lines(data: bytes, chance: Random) -> bytes:
    """Lose, double or swap lines."""
    rows = data.splitlines(keepends=True)
    if not rows:
        return data
    one, two = chance.randrange(len(rows)), chance.randrange(len(rows))
    kind = chance.randrange(4)
    if kind == 0:
        del rows[one]
    elif kind == 1:
        rows.insert(two, rows[one])
    elif kind == 2:
        rows[one], rows[two] = rows[two], rows[one]
    else:
        rows[one] = b" " * chance.choice((1, 2, 4)) + rows[one]
    return b"".join(rows)


def cells(data: bytes, chance: Random) -> bytes:
    """Lose, double, swap or replace cells of a line, or what stands behind its colon."""
    rows = data.split(b"\n")
    at = chance.randrange(len(rows))
    mark = b": " if b": " in rows[at] and chance.random() < 0.7 else b","
    row = rows[at].split(mark)
    one, two = chance.randrange(len(row)), chance.randrange(len(row))
    kind = chance.randrange(5)
    if kind == 0:
        del row[one]
    elif kind == 1:
        row.insert(two, row[one])
    elif kind == 2:
        row[one], row[two] = row[two], row[one]
    else:
        value = chance.choice(EVERY)
        quoted = f'"{value}"' if chance.random() < 0.5 else value
        row[one] = quoted.encode("utf-8", "surrogatepass")
    rows[at] = mark.join(row)
    return b"\n".join(rows)


def ends(data: bytes, chance: Random) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8")))


def recoded(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "utf-7")), "replace")


def separated(data: bytes, chance: Random) -> bytes:
    return data.replace(b",", chance.choice((b";", b"\t", b"|", b",,")))


SPOILING: tuple[Spoil, ...] = (
    *(lose, put_in, put_in, put_in, change, lines, lines, cells, cells, cells, cells),
    *(cut, ends, recoded, separated),
)
RARE = 4
"""The last so many leave little of the file that is read."""


def spoilt(data: bytes, chance: Random, times: int) -> bytes:
    """``data`` after so many mishaps."""
    for _ in range(times):
        ways = SPOILING if chance.random() < 0.25 else SPOILING[:-RARE]
        data = chance.choice(ways)(data, chance)
    return data


def spoilt_book(data: bytes, chance: Random, times: int) -> bytes:
    """A workbook with one of its parts spoilt, lost or doubled; the package itself stays one."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice(sorted(parts))
    if chance.random() < 0.15:
        del parts[name]
    else:
        parts[name] = spoilt(parts[name], chance, times)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in parts.items():
            package.writestr(part, content)
    return out.getvalue()
