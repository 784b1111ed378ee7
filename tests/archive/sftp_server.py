"""An SFTP server on this computer for tests: a folder, served by paramiko on the loopback address."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import paramiko

USER = "arsip"


@dataclass(slots=True)
class Server:
    """A running server: the ``folder`` it serves, its ``port`` and host key, and what it was asked to change."""

    folder: Path
    port: int
    host_key: paramiko.PKey
    password: str
    changes: list[str] = field(default_factory=list)
    refuse_after: int | None = None
    silent: bool = False

    @property
    def address(self) -> str:
        """The address of the folder "arsip" on it."""
        return f"sftp://{USER}@127.0.0.1:{self.port}/arsip"

    @property
    def known_host(self) -> str:
        """Its line in ``~/.ssh/known_hosts``."""
        return f"[127.0.0.1]:{self.port} {self.host_key.get_name()} {self.host_key.get_base64()}\n"

    def may_change(self, what: str) -> bool:
        """Note a change; False when it is to be refused."""
        self.changes.append(what)
        return self.refuse_after is None or len(self.changes) <= self.refuse_after


class _Login(paramiko.ServerInterface):
    def __init__(self, server: Server) -> None:
        self.server = server

    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == (USER, self.server.password)
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return paramiko.OPEN_SUCCEEDED


class _Handle(paramiko.SFTPHandle):
    def stat(self) -> Any:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


class _Files(paramiko.SFTPServerInterface):
    def __init__(self, server: _Login, *args: Any, **named: Any) -> None:
        super().__init__(server, *args, **named)
        self.server = server.server
        self.flushed = threading.Event()

    def _path(self, path: str) -> Path:
        if self.server.silent:
            self.flushed.wait(30)
        return Path(f"{self.server.folder}{self.canonicalize(path)}")

    def _done(self, what: str, path: str, act: Any) -> Any:
        if not self.server.may_change(f"{what} {path}"):
            return paramiko.SFTP_PERMISSION_DENIED
        try:
            act()
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return paramiko.SFTP_OK

    def list_folder(self, path: str) -> Any:
        try:
            found = []
            for each in self._path(path).iterdir():
                told = paramiko.SFTPAttributes.from_stat(each.lstat())
                told.filename = each.name
                found.append(told)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        return found

    def _stat(self, path: str, ask: Any) -> Any:
        try:
            return paramiko.SFTPAttributes.from_stat(ask(self._path(path)))
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)

    def stat(self, path: str) -> Any:
        return self._stat(path, os.stat)

    def lstat(self, path: str) -> Any:
        return self._stat(path, os.lstat)

    def open(self, path: str, flags: int, attr: Any) -> Any:
        if flags & (os.O_WRONLY | os.O_RDWR) and not self.server.may_change(f"open {path}"):
            return paramiko.SFTP_PERMISSION_DENIED
        try:
            made = os.open(self._path(path), flags, 0o644)
            mode = "r+b" if flags & os.O_RDWR else "wb" if flags & os.O_WRONLY else "rb"
            file = os.fdopen(made, mode)
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno or 0)
        handle = _Handle(flags)
        handle.filename, handle.readfile, handle.writefile = path, file, file
        return handle

    def remove(self, path: str) -> Any:
        return self._done("remove", path, lambda: self._path(path).unlink())

    def rename(self, oldpath: str, newpath: str) -> Any:
        if os.path.lexists(self._path(newpath)):  # the protocol's own rename overwrites nothing
            return paramiko.SFTP_FAILURE
        return self._done("rename", newpath, lambda: self._path(oldpath).rename(self._path(newpath)))

    def posix_rename(self, oldpath: str, newpath: str) -> Any:
        return self._done("rename", newpath, lambda: self._path(oldpath).replace(self._path(newpath)))

    def mkdir(self, path: str, attr: Any) -> Any:
        return self._done("mkdir", path, lambda: self._path(path).mkdir())

    def rmdir(self, path: str) -> Any:
        return self._done("rmdir", path, lambda: self._path(path).rmdir())


@contextmanager
def serving(folder: Path, password: str) -> Iterator[Server]:
    """A server of ``folder`` while the block runs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(20)
        server = Server(folder, listening.getsockname()[1], paramiko.ECDSAKey.generate(), password)
        sessions: list[paramiko.Transport] = []
        thread = threading.Thread(target=_serve, args=(listening, server, sessions), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            for session in sessions:
                session.close()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def _serve(listening: socket.socket, server: Server, sessions: list[paramiko.Transport]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        session = paramiko.Transport(connection)
        session.add_server_key(server.host_key)
        session.set_subsystem_handler("sftp", paramiko.SFTPServer, _Files)
        sessions.append(session)
        with suppress(paramiko.SSHException, EOFError, OSError):
            session.start_server(server=_Login(server))
