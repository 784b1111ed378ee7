"""An archive in S3-compatible storage or on a server reached by SFTP, through fsspec.

Keys and passwords never stand in the address (it is written into ``kantor.yaml``, which is filed itself): they come
from the usual places of these services, see the texts below.
"""

from __future__ import annotations

import errno
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Final, cast
from urllib.parse import urlsplit

from pipeline.archive.storage import (
    PRIVATE,
    Content,
    Entry,
    MissingError,
    Seal,
    Storage,
    UnreadableError,
    checked,
    copy_hashing,
    scheme_of,
)
from pipeline.errors import OutputError, TertibError
from pipeline.model.message import Message, say

SCHEMES: Final = ("s3", "sftp", "memory")
_EXTRAS: Final = {"s3": "s3", "sftp": "sftp"}
_SMALL: Final = 8 << 20
_PATIENCE: Final = 20
"""Seconds after which a server that says nothing is taken for gone."""
_SLOWEST: Final = 50_000
"""Bytes a second that an upload must reach: how long one may take in all grows with its size."""
_QUICK: Final = {"connect_timeout": 5, "read_timeout": 10, "retries": {"total_max_attempts": 2, "mode": "standard"}}
"""Instead of the five tries of a minute each that are usual for S3."""


class RemoteStorage(Storage):
    """A place that fsspec reaches. Opening it proves that it can be reached; nothing is written."""

    def __init__(self, address: str) -> None:
        self._scheme = scheme_of(address)
        self._sizes: dict[str, int] = {}
        self.told = _proved(address.rstrip("/"), self._scheme)
        parts = urlsplit(self.told)
        with self._explained(""):
            self._fs = _connect(self._scheme, parts.hostname or "", parts.username, parts.port)
            self._root = str(self._fs._strip_protocol(self.told)).rstrip("/")
            if self._scheme == "s3":
                self._fs.call_s3("head_bucket", Bucket=parts.netloc)

    def entries(self, under: str = "") -> Iterator[Entry]:
        """As in ``Storage``."""
        start = self._at(under) if under else self._root
        with self._explained(under):
            rows = self._fs.find(start, detail=True) if self._scheme == "s3" else dict(self._walk(start))
        for name in sorted(rows):
            path = name[len(self._root) :].lstrip("/")
            if path and not name.endswith("/"):
                self._sizes[name] = int(rows[name].get("size") or 0)
                yield Entry(path, self._sizes[name], rows[name]["type"] == "file")

    def _walk(self, folder: str) -> Iterator[tuple[str, dict[str, Any]]]:
        # Not fsspec's own walk: that leaves out what it cannot list without a word.
        try:
            rows = self._fs.ls(folder or "/", detail=True)
        except FileNotFoundError:
            return
        for row in rows:
            if row["type"] == "directory":
                yield from self._walk(row["name"])
            elif row["name"] != folder:
                yield row["name"], row

    def exists(self, path: str) -> bool:
        """As in ``Storage``."""
        with self._explained(path):
            try:
                return bool(self._fs.info(self._at(path))["type"] != "directory")
            except FileNotFoundError:
                return False

    def open(self, path: str) -> BinaryIO:
        """As in ``Storage``; small files in one request."""
        with self._explained(path):
            place = self._at(path)
            size = self._sizes.get(place)  # as listed: only chooses the way, and saves a request per file
            if self._scheme == "sftp" or (self._fs.size(place) if size is None else size) > _SMALL:
                return cast(BinaryIO, _Explained(self._fs.open(place, "rb"), self, path))
            whole = {"max_concurrency": 1} if self._scheme == "s3" else {}  # asks for no size first
            return io.BytesIO(self._fs.cat_file(place, **whole))

    def put(self, path: str, content: Content) -> None:
        """As in ``Storage``: a single put, or where files grow (SFTP) beside and renamed."""
        place = self._at(path)
        with self._explained(path, writing=True):
            if self._scheme == "sftp":
                beside = f"{self._root}/{PRIVATE}/{hashlib.sha256(path.encode()).hexdigest()[:16]}"
                self._fs.makedirs(f"{self._root}/{PRIVATE}", exist_ok=True)
                self._fs.makedirs(place.rpartition("/")[0], exist_ok=True)
                self._send(beside, content)
                self._fs.mv(beside, place)
            else:
                self._send(place, content)

    def _send(self, place: str, content: Content) -> None:
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        source = content if isinstance(content, bytes) else str(content)
        if self._scheme == "s3":
            # A server that takes no data and says nothing would keep the library waiting for ever.
            from fsspec.asyn import sync

            limit = _PATIENCE + size / _SLOWEST
            if isinstance(source, bytes):
                sync(self._fs.loop, self._fs._pipe_file, place, source, timeout=limit)
            else:
                sync(self._fs.loop, self._fs._put_file, source, place, timeout=limit)
        elif isinstance(source, bytes):
            self._fs.pipe_file(place, source)
        else:
            self._fs.put_file(source, place)
        if self._fs.info(place)["size"] != size:
            raise OSError(errno.EIO, "size differs after writing")

    def put_folder(self, path: str, files: Mapping[str, Content], seal: Seal | None = None) -> None:
        """As in ``Storage``, one file after the other in the order given."""
        hashes = {}
        for name in files:
            checked(name)
        for name, content in files.items():
            with io.BytesIO(content) if isinstance(content, bytes) else content.open("rb") as file:
                hashes[name] = copy_hashing(file)
            self.put(f"{path}/{name}", content)
        for name, data in (seal(hashes) if seal else {}).items():
            self.put(f"{path}/{name}", data)

    def remove(self, path: str) -> None:
        """As in ``Storage``."""
        with self._explained(path, writing=True):
            try:
                self._fs.rm_file(self._at(path))
            except FileNotFoundError:
                return

    def _at(self, path: str) -> str:
        return f"{self._root}/{checked(path)}"

    @contextmanager
    def _explained(self, path: str, *, writing: bool = False) -> Iterator[None]:
        try:
            yield
        except TertibError:
            raise
        except Exception as error:  # each library below has its own, some of them without a common kind
            raise self._fault(error, path, writing=writing) from error

    def _fault(self, error: Exception, path: str, *, writing: bool = False) -> TertibError:
        """What a library's error is in the words of people; libraries' own classes are known by their names."""
        names = {kind.__name__ for kind in type(error).__mro__}
        told = self.full(path)
        if isinstance(error, ImportError):
            return OutputError(_not_installed(self._scheme))
        if isinstance(error, FileNotFoundError) or "NoSuchBucket" in str(error):
            return OutputError(_no_place(told, self._scheme)) if writing or not path else _missing(told)
        for known, message in _CAUSES:
            if names & known:
                return OutputError(say("{address}: {cause}", address=told, cause=message))
        if writing or not path:
            return OutputError(
                say(
                    "Tidak dapat menulis {path}: {why}. Periksa ruang dan izin di tempat itu, lalu jalankan lagi. Isi "
                    "arsip sebelumnya tidak diubah.",
                    path=told,
                    why=str(error) or type(error).__name__,
                )
            )
        return UnreadableError(
            say("{path} tidak dapat dibaca: {why}. Coba lagi.", path=told, why=str(error) or type(error).__name__)
        )


class _Explained(io.RawIOBase):
    """A remote file whose faults while reading are told like all others."""

    def __init__(self, file: Any, storage: RemoteStorage, path: str) -> None:
        self._file = file
        self._storage = storage
        self._path = path

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with self._storage._explained(self._path):
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def _missing(told: str) -> MissingError:
    return MissingError(say("{path} tidak ada.", path=told))


_NO_ACCESS: Final = say(
    "ditolak. Untuk S3, isi kunci di AWS_ACCESS_KEY_ID dan AWS_SECRET_ACCESS_KEY (atau ~/.aws/credentials); untuk "
    "SFTP, siapkan kunci SSH atau isi FSSPEC_SFTP_PASSWORD. Mintalah hak baca dan tulis kepada pengelola penyimpanan."
)
_STRANGER: Final = say(
    "kunci server tidak dikenal atau berbeda dari yang dikenal. Cocokkan sidik kuncinya dengan pengelola server, lalu "
    "masuk sekali dengan perintah ssh agar tercatat di ~/.ssh/known_hosts."
)
_NETWORK: Final = say(
    "tidak dapat dihubungi. Periksa jaringan dan alamatnya (untuk S3 selain AWS: AWS_ENDPOINT_URL), lalu jalankan lagi."
)
_CAUSES: Final = (
    (frozenset({"BadHostKeyException", "UnknownHostKey"}), _STRANGER),
    (
        frozenset(
            {"PermissionError", "NoCredentialsError", "PartialCredentialsError", "AuthenticationException", "Locked"}
        ),
        _NO_ACCESS,
    ),
    (
        frozenset(
            {
                "ConnectionError",
                "EndpointConnectionError",
                "ConnectTimeoutError",
                "ReadTimeoutError",
                "HTTPClientError",
                "TimeoutError",
                "gaierror",
                "NoValidConnectionsError",
                "SSHException",
                "EOFError",
                "ClientConnectorError",
                "ParamValidationError",
                "InvalidEndpoint",
            }
        ),
        _NETWORK,
    ),
)


def _proved(address: str, scheme: str) -> str:
    """The address, when it is one that can be used. Raises OutputError."""
    if scheme not in SCHEMES:
        raise OutputError(
            say(
                "{address}: jenis alamat {scheme} tidak dikenal. Tulis folder, s3://EMBER/folder, atau "
                "sftp://SERVER/folder.",
                address=_without_secret(address),
                scheme=scheme,
            )
        )
    try:
        parts = urlsplit(address)
        whole = parts.scheme and "://" in address and parts.netloc and (parts.port or True)
    except ValueError:
        whole = False
    if not whole or (scheme != "memory" and not parts.hostname) or ".." in parts.path.split("/"):
        raise OutputError(
            say(
                "{address}: alamat ini tidak lengkap. Contoh: s3://arsip-setwan/kabupaten, "
                "sftp://pengguna@server.contoh.example/arsip.",
                address=_without_secret(address),
            )
        )
    if parts.password is not None:
        raise OutputError(
            say(
                "{address}: kata sandi tidak boleh ditulis di alamat arsip, karena kantor.yaml ikut diarsipkan. Hapus "
                "dari sana, ganti kata sandi itu, dan pakai kunci SSH atau variabel FSSPEC_SFTP_PASSWORD.",
                address=_without_secret(address),
            )
        )
    return address


def _without_secret(address: str) -> str:
    return re.sub(r"//([^/@:]*):[^/]*@", r"//\1:***@", address)


def _not_installed(scheme: str) -> Message:
    return say(
        "Arsip di {scheme}:// memerlukan bagian tambahan yang belum terpasang. Pasang di folder Tertib dengan: "
        'pip install -e ".[{extra}]" (atau, tanpa folder itu: pip install "tertib[{extra}]"), lalu jalankan lagi.',
        scheme=scheme,
        extra=_EXTRAS.get(scheme, scheme),
    )


def _no_place(told: str, scheme: str) -> Message:
    if scheme == "s3":
        return say(
            "{address}: ember (bucket) itu tidak ada. Buat dahulu, atau perbaiki namanya di alamat.", address=told
        )
    return say("{address}: folder itu tidak ada dan tidak dapat dibuat. Periksa alamatnya.", address=told)


def _connect(scheme: str, host: str, user: str | None, port: int | None) -> Any:
    """The file system of fsspec: no cached listings, so that what others write is seen."""
    import fsspec

    if scheme == "sftp":
        known = {"username": user, "port": port}
        return _sftp()(host, skip_instance_cache=True, **{key: value for key, value in known.items() if value})
    quick = {"config_kwargs": _QUICK} if scheme == "s3" else {}
    made = fsspec.filesystem(scheme, skip_instance_cache=True, use_listings_cache=False, **quick)
    if scheme == "s3":
        made.retries = 2
    return made


class UnknownHostKey(Exception):  # noqa: N818 - told by its name, like those of paramiko
    """A server whose key is not among the known ones."""


def _sftp() -> Any:
    """The SFTP file system, but trusting only servers that the computer knows (fsspec's trusts any)."""
    import paramiko
    from fsspec.implementations.sftp import SFTPFileSystem

    class Stranger(paramiko.MissingHostKeyPolicy):  # type: ignore[misc] # paramiko has no types
        def missing_host_key(self, _client: Any, hostname: str, _key: Any) -> None:
            raise UnknownHostKey(hostname)

    class Known(SFTPFileSystem):  # type: ignore[misc] # fsspec has no types
        def _connect(self) -> None:
            self.client = paramiko.SSHClient()
            self.client.load_system_host_keys()
            self.client.set_missing_host_key_policy(Stranger())
            patience = {"timeout": _PATIENCE, "banner_timeout": _PATIENCE, "auth_timeout": _PATIENCE}
            self.client.connect(self.host, **(patience | self.ssh_kwargs))
            self.ftp = self.client.open_sftp()
            self.ftp.get_channel().settimeout(_PATIENCE)

    return Known
