"""The workers of a cluster that may be used: those that would make the very same bytes as this computer."""

from __future__ import annotations

import logging
import re
import socket
import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from pipeline.errors import TertibError, UsageError, missing_part
from pipeline.model.message import Message, joined, say
from pipeline.model.reasons import why
from pipeline.run import sameness
from pipeline.run.events import Listener
from pipeline.run.there import traits_there

_ADDRESS: Final = re.compile(r"(?:(?P<scheme>tcp|tls)://)?(?P<rest>[^/\s:@]+|\[[0-9a-fA-F:]+\]):(?P<port>\d{1,5})/?")
_LOOK_EVERY: Final = 0.5
_ANSWER: Final = 60.0
"""Seconds within which a worker says what it is: the first time it loads all libraries for that."""


class ClusterError(TertibError):
    """A cluster that cannot be reached, or has nobody who could do the work."""


def address_of(text: str) -> str:
    """The address of a scheduler, with its scheme. Raises UsageError."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None or not 0 < int(match["port"]) < 65536:
        raise UsageError(
            say(
                "{text} bukan alamat penjadwal klaster. Contoh: tcp://server.contoh.example:8786, atau tls:// bila "
                "klaster memakai sertifikat.",
                text=text,
            )
        )
    return f"{match['scheme'] or 'tcp'}://{match['rest']}:{match['port']}"


class Crew:
    """The cluster at ``address``. Workers that come later are looked at when they come.

    ``patience`` in seconds: how long a scheduler may stay away, and how long to wait where there is no worker.
    """

    def __init__(self, address: str, listener: Listener, families: Iterable[str] = (), patience: float = 10.0) -> None:
        self.address = address_of(address)
        self.patience = patience
        self._listener = listener
        self._families = tuple(sorted(families))
        self._own: Mapping[str, str] = {}
        self._known: dict[str, Message | None] = {}
        self._asked: dict[str, tuple[Any, float]] = {}
        self._looked = 0.0
        self._heard = 0.0
        self._client: Any = None

    @property
    def client(self) -> Any:
        """The connection. Raises ClusterError when there is none."""
        if self._client is None:
            raise self._gone()
        return self._client

    def connect(self) -> None:
        """Reach the scheduler and find at least one worker that may be used. Raises ClusterError."""
        self._client = _connected(self.address, self.patience)
        self._own = sameness.traits(self._families)
        self._heard = time.monotonic()
        deadline = time.monotonic() + self.patience
        used = self.look(now=True)
        # Those who are asked have a moment to answer; who needs longer joins later.
        while not used or (self._asked and time.monotonic() < deadline):
            if not self._asked and (self._known or time.monotonic() > deadline):
                raise self.nobody()
            time.sleep(_LOOK_EVERY / 5)
            used = self.look(now=True)
        self._listener.note(say("Klaster {address}: {n} pekerja dipakai.", address=self.address, n=len(used)))
        if not sameness.can_tell_fonts():
            self._listener.note(
                say("Huruf para pekerja tidak diperiksa, karena program fc-list (fontconfig) tidak ada di sini.")
            )

    def close(self) -> None:
        """Leave the cluster; what still runs there is given up."""
        client, self._client = self._client, None
        if client is not None:
            with quiet():
                client.close(timeout=2)

    def look(self, *, now: bool = False) -> tuple[str, ...]:
        """The workers that may be used at this moment. Raises ClusterError when the scheduler has gone."""
        client = self.client
        if now or time.monotonic() - self._looked >= _LOOK_EVERY:
            present = self._present(client)
            if present is not None:
                self._ask(client, present)
                self._known = {worker: cause for worker, cause in self._known.items() if worker in present}
            self._looked = time.monotonic()
        return tuple(worker for worker, cause in self._known.items() if cause is None)

    def nobody(self) -> ClusterError:
        """The error for a cluster in which nobody can do the work, with what is wrong with each."""
        refused = [cause for cause in self._known.values() if cause is not None]
        if not refused:
            return ClusterError(
                say(
                    "Klaster {address} tidak mempunyai pekerja. Jalankan pekerjanya (lihat docs/scale.id.md), lalu "
                    "jalankan lagi, atau jalankan tanpa --cluster. Yang sudah selesai tetap ada.",
                    address=self.address,
                )
            )
        return ClusterError(
            say(
                "Tidak ada pekerja di klaster {address} yang akan menghasilkan dokumen yang sama dengan komputer ini: "
                "{causes}. Samakan pemasangannya (lihat docs/scale.id.md), atau jalankan tanpa --cluster. Yang sudah "
                "selesai tetap ada.",
                address=self.address,
                causes=joined("; ", dict.fromkeys(refused)),
            )
        )

    def _present(self, client: Any) -> frozenset[str] | None:
        """The workers there are, None while the scheduler does not answer. Raises ClusterError after a while."""
        if client.status == "running":
            try:
                with quiet():
                    # Not ``nthreads()``: that waits for ever for a scheduler that is there and says nothing.
                    found = frozenset(client.sync(client.scheduler.ncores, callback_timeout=self.patience))
            except Exception:  # noqa: BLE001 - whatever the library raises: it did not answer
                found = None
            if found is not None:
                self._heard = time.monotonic()
                return found
        if client.status == "closed" or time.monotonic() - self._heard > self.patience:
            raise self._gone()
        return None

    def _gone(self) -> ClusterError:
        return ClusterError(
            say(
                "Klaster {address} tidak dapat dihubungi lagi. Yang sudah selesai tetap ada; jalankan lagi untuk "
                "meneruskan, atau jalankan tanpa --cluster.",
                address=self.address,
            )
        )

    def _ask(self, client: Any, present: frozenset[str]) -> None:
        """Ask those who are new what they are, and hear what those asked before have said."""
        for worker in sorted(present - self._known.keys() - self._asked.keys()):
            with quiet():
                future = client.submit(
                    traits_there,
                    self._families,
                    workers=[worker],
                    allow_other_workers=False,
                    pure=False,
                    key=f"tertib-siapa-{worker}-{time.monotonic_ns()}",
                )
            self._asked[worker] = (future, time.monotonic())
        for worker, (future, since) in list(self._asked.items()):
            if worker not in present:
                del self._asked[worker]
            elif future.done():
                del self._asked[worker]
                self._judge(worker, self._said(future))
            elif time.monotonic() - since > _ANSWER:
                del self._asked[worker]
                self._judge(worker, say("tidak menjawab dalam {n} detik", n=int(_ANSWER)))

    def _said(self, future: Any) -> Message | None:
        """Why the worker is not used, None when it is."""
        try:
            with quiet():
                there = future.result(timeout=_ANSWER)
        except (ImportError, AttributeError):
            return say("tertib tidak terpasang di sana, atau versinya lain")
        except Exception as fault:  # noqa: BLE001 - what it raised there, or on the way
            return sameness.unknown(str(fault).strip().splitlines()[0] if str(fault).strip() else type(fault).__name__)
        return sameness.differences(self._own, there)

    def _judge(self, worker: str, cause: Message | None) -> None:
        if cause is not None and cause not in self._known.values():
            self._listener.note(sameness.differs(worker, cause))
        self._known[worker] = cause


def _connected(address: str, patience: float) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        part = missing_part(error)
        raise ClusterError(
            say(
                "--cluster memerlukan bagian tambahan yang belum terpasang. Pasang di folder Tertib dengan: "
                'pip install -e ".[cluster]", lalu jalankan lagi.'
            )
        ) from (part or error)
    for name in ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is told in our words
    dask.config.set({"distributed.comm.timeouts.connect": f"{patience}s", "distributed.client.heartbeat": "2s"})
    if address.startswith("tls:") and not dask.config.get("distributed.comm.tls.ca-file", None):
        raise ClusterError(_no_tls(address))
    _knock(address, patience)
    try:
        with quiet():
            _greet(address, patience)
            connect: Any = Client  # it has no types
            return connect(address, timeout=patience, set_as_default=False)
    except Exception as error:
        raise ClusterError(_unreachable(address, error)) from error


def _knock(address: str, patience: float) -> None:
    """Raise ClusterError unless somebody listens at ``address``: the library would try again and again."""
    host, _, port = address.rpartition("://")[2].rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=patience).close()
    except OSError as error:
        raise ClusterError(_unreachable(address, error)) from error


def _greet(address: str, patience: float) -> None:
    """Raise, in whatever way the library does, unless it is a scheduler that listens at ``address``.

    A ``Client`` that fails at this point waits long to be taken apart, and complains to people of it.
    """
    import asyncio

    from distributed.comm import core
    from distributed.security import Security

    comms: Any = core  # it has no types
    security: Any = Security

    async def greet() -> None:
        comm = await comms.connect(address, timeout=patience, **security().get_connection_args("client"))
        await comm.close()

    asyncio.run(asyncio.wait_for(greet(), 2 * patience))


def _unreachable(address: str, error: Exception) -> Message:
    return say(
        "Klaster {address} tidak dapat dihubungi ({why}). Periksa alamat, jaringan, dan apakah penjadwalnya berjalan "
        "(untuk tls:// juga sertifikatnya), atau jalankan tanpa --cluster.",
        address=address,
        why=_cause(error),
    )


def _cause(error: Exception) -> Message:
    if isinstance(error, socket.gaierror):
        return say("nama komputernya tidak dikenal")
    if isinstance(error, OSError) and error.errno:
        return why(error)
    return say("tidak dijawab oleh penjadwal Dask, atau sertifikatnya tidak cocok")


def _no_tls(address: str) -> Message:
    return say(
        "{address} memerlukan sertifikat: isi DASK_DISTRIBUTED__COMM__TLS__CA_FILE, "
        "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT dan DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY dengan letak "
        "berkasnya (lihat docs/scale.id.md).",
        address=address,
    )


@contextmanager
def quiet() -> Iterator[None]:
    """Without the warnings of the library: large tasks and other versions are our business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
