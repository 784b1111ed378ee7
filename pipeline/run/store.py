"""Values by key in one file of the user's cache folder, kept from run to run.

What is in it only saves work. Whatever is wrong with it (no permission, a full disk, a damaged file, another run that
holds it) means doing without, silently. A damaged file is removed, so that the next run starts a new one.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

MOST_BYTES: Final = 200 * 1024 * 1024
"""The file stays about below this size: the values longest unused go first."""
_FILE: Final = "periksa-1.sqlite3"
"""The number is that of the tables below."""
_WAIT_SECONDS: Final = 2.0
"""How long to wait for another run to finish writing."""
_BATCH: Final = 500
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, used INTEGER NOT NULL, data BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS entry_used ON entry (used);
"""


class Store:
    """JSON values by key. ``day`` is a running number of the day, by which values grow old.

    ``valid`` is asked before anything is written: False throws it away.
    """

    def __init__(
        self, folder: Path, day: int, most_bytes: int = MOST_BYTES, valid: Callable[[], bool] = lambda: True
    ) -> None:
        self._path = folder / _FILE
        self._day = day
        self._most = most_bytes
        self._valid = valid
        self._connection: sqlite3.Connection | None = None
        self._new: dict[bytes, bytes] = {}
        self._read: list[bytes] = []
        with self._doing_without():
            # Findings quote documents that may not be for everybody on this computer.
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        self._connection = connection  # to be closed also when the file turns out to be damaged
        connection.execute("PRAGMA synchronous = NORMAL")
        # Both would write; what may only be read serves as it is.
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'entry_used'").fetchone() is None:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.executescript(_TABLES)
        return connection

    def get(self, key: bytes) -> Any:
        """The value of ``key``; None when there is none, or none that can be read."""
        row = None
        with self._doing_without():
            if self._connection is not None:
                row = self._connection.execute("SELECT used, data FROM entry WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        try:
            value = json.loads(zlib.decompress(row[1]))
        except (ValueError, TypeError, zlib.error):
            return None
        if row[0] != self._day:
            self._read.append(key)
        return value

    def put(self, key: bytes, value: Any) -> None:
        """Remember ``value``; it is written with the next batch, or when the store is closed."""
        if self._connection is None:
            return
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        # A file name may hold what is no text; json reads it back.
        self._new[key] = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write what is left, drop what is too much."""
        self._write()
        with self._doing_without():
            if self._connection is not None:
                self._connection.close()
        self._connection = None

    def _write(self) -> None:
        new, read = self._new, self._read
        self._new, self._read = {}, []
        if self._connection is None or not (new or read) or (new and not self._valid()):
            return
        with self._doing_without():
            with self._transaction(self._connection) as cursor:
                cursor.executemany("UPDATE entry SET used = ? WHERE key = ?", [(self._day, key) for key in read])
                rows = [(key, self._day, data) for key, data in new.items()]
                cursor.executemany("INSERT OR REPLACE INTO entry (key, used, data) VALUES (?, ?, ?)", rows)
                self._shrink(cursor)
            self._connection.execute("PRAGMA incremental_vacuum").fetchall()

    @staticmethod
    @contextmanager
    def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
        cursor = connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        try:
            yield cursor
        except BaseException:
            with suppress(sqlite3.Error):
                cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")

    def _shrink(self, cursor: sqlite3.Cursor) -> None:
        """Drop the values longest unused, a quarter at a time, until the rest is small enough."""
        while self._used_bytes(cursor) > self._most:
            dropped = cursor.execute(
                "DELETE FROM entry WHERE key IN "
                "(SELECT key FROM entry ORDER BY used, rowid LIMIT max(1, (SELECT count(*) / 4 FROM entry)))"
            )
            if dropped.rowcount < 1:
                return

    @staticmethod
    def _used_bytes(cursor: sqlite3.Cursor) -> int:
        pages, free, size = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        return int((pages - free) * size)

    @contextmanager
    def _doing_without(self) -> Iterator[None]:
        """Let the store go, for the rest of the run, at the first thing that is wrong with it."""
        try:
            yield
        except sqlite3.OperationalError:
            self._let_go()
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # the latter: damaged where it holds text
            self._let_go()
            with suppress(OSError):
                self._path.unlink()
        except OSError:
            self._let_go()

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
