"""An S3-compatible server on this computer, for tests and for trying out archives in such storage.

``python -m tests.archive.storage_server`` starts one and says what to write into ``kantor.yaml``; what is put
into it is gone when it stops.
"""

from __future__ import annotations

import sys
import threading
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

BUCKET = "arsip-setwan"
_PLAIN = {"Content-Type": "text/plain"}
KEYS = {"AWS_ACCESS_KEY_ID": "uji", "AWS_SECRET_ACCESS_KEY": "rahasia-uji", "AWS_DEFAULT_REGION": "us-east-1"}


@dataclass(slots=True)
class Server:
    """A running server: ``url``, and the requests that it got, by their method; ``hook`` says which are refused."""

    url: str
    requests: Counter[str] = field(default_factory=Counter)
    paths: list[str] = field(default_factory=list)
    hook: Callable[[str], bool] | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What a program needs in its environment to reach it."""
        return {**KEYS, "AWS_ENDPOINT_URL": self.url}

    def make_bucket(self, name: str = BUCKET) -> None:
        """Make an empty bucket."""
        request = urllib.request.Request(f"{self.url}/{name}", method="PUT")
        with urllib.request.urlopen(request, timeout=10):
            self.requests.clear()

    def demand_keys(self) -> None:
        """From now on only keys are accepted that the server knows: none."""
        request = urllib.request.Request(f"{self.url}/moto-api/reset-auth", b"0", _PLAIN, method="POST")
        with urllib.request.urlopen(request, timeout=10):
            self.requests.clear()

    def forget(self) -> None:
        """Forget all that was put into it, and accept any keys again."""
        request = urllib.request.Request(f"{self.url}/moto-api/reset-auth", b"inf", _PLAIN, method="POST")
        for one in (request, urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")):
            with urllib.request.urlopen(one, timeout=10):
                self.requests.clear()


@contextmanager
def serving(port: int = 0) -> Iterator[Server]:
    """A server on the loopback address while the block runs."""
    from moto.server import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Quiet(WSGIRequestHandler):
        def log(self, type: str, message: str, *args: Any) -> None:
            """Nothing."""

    app = DomainDispatcherApplication(create_backend_app)

    def counted(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        server.requests[environ["REQUEST_METHOD"]] += 1
        server.paths.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        if server.hook is not None and server.hook(environ["REQUEST_METHOD"]):
            start("403 Forbidden", [("Content-Length", "0")])
            return []
        answer: Iterable[bytes] = app(environ, start)
        return answer

    made = make_server("127.0.0.1", port, counted, threaded=True, request_handler=Quiet)
    server = Server(f"http://127.0.0.1:{made.server_port}")
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        made.shutdown()
        made.server_close()
        thread.join()


def main() -> None:
    """Serve until somebody stops it."""
    with serving() as server:
        server.make_bucket()
        told = [
            "Penyimpanan S3 untuk dicoba berjalan di komputer ini; isinya hilang bila dihentikan (Ctrl+C).",
            f"\nDi kantor.yaml:\n\narsip:\n  alamat: s3://{BUCKET}/KANTOR",
            "\nDi jendela lain, sebelum tertib archive dan tertib verify:\n",
            *(f"export {name}={value}" for name, value in server.environment.items()),
        ]
        sys.stdout.write("\n".join(told) + "\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
