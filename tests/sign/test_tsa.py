"""Timestamp authorities and revocation lists over HTTP, on this machine."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from asn1crypto import tsp

from pipeline.errors import UsageError
from pipeline.sign.keys import read_p12
from pipeline.sign.reports import Level, Trust
from pipeline.sign.signing import Order, sign_pdf
from pipeline.sign.tsa import timestamper_at
from pipeline.sign.verify import verify_signatures
from tests.sign import authority as made
from tests.sign.authority import PASSPHRASE, YEAR, Authority, blank_pdf

Answer = Callable[[bytes], tuple[int, bytes]]
REAL = dt.datetime.now(dt.UTC).replace(microsecond=0)
"""Whoever asks servers lives in the present."""


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """A server on this machine that answers everything with ``answer``; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self) -> None:
            self._reply(b"")

        def _reply(self, question: bytes) -> None:
            code, body = answer(question)
            self.send_response(code)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *given: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def living() -> Authority:
    return Authority("Akar Masa Kini", start=REAL - YEAR, end=REAL + 5 * YEAR)


def _order(living: Authority, tmp_path: Path, level: Level, url: str) -> Order:
    path = tmp_path / "kunci.p12"
    path.write_bytes(living.issue("Contoh 03", start=REAL - YEAR, end=REAL + YEAR).p12())
    return Order(read_p12(path, PASSPHRASE), level, REAL, timestamper=timestamper_at(url), tsa=url)


def _stamping(living: Authority) -> Answer:
    clock = living.timestamper(REAL)
    return lambda question: (200, clock.request_tsa_response(tsp.TimeStampReq.load(question)).dump())


def test_timestamp_over_http(living: Authority, tmp_path: Path) -> None:
    with served(_stamping(living)) as url:
        done = sign_pdf(blank_pdf(), _order(living, tmp_path, Level.B_T, url))
    (report,) = verify_signatures(done.data, Trust((living.root.der,), now=REAL))
    assert (report.level, report.proved, report.holds) == (Level.B_T, REAL, True)


def test_revocation_lists_over_http(living: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(lambda _: (200, living.crl(REAL))) as lists, served(_stamping(living)) as url:
        monkeypatch.setattr(made, "CRL_URL", f"{lists}akar.crl")
        done = sign_pdf(blank_pdf(), _order(living, tmp_path, Level.B_LT, url))
    (report,) = verify_signatures(done.data, Trust((living.root.der,), now=REAL))
    assert (report.level, report.notes, report.holds) == (Level.B_LT, (), True)


def test_revoked_on_a_list_over_http(living: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Authority("Akar Ketat", start=REAL - YEAR, end=REAL + YEAR)
    with served(lambda _: (200, other.crl(REAL))) as lists, served(_stamping(other)) as url:
        monkeypatch.setattr(made, "CRL_URL", f"{lists}akar.crl")
        lost = other.issue("Dicabut", start=REAL - YEAR, end=REAL + YEAR)
        other.revoke(lost, REAL - dt.timedelta(days=1))
        (tmp_path / "k.p12").write_bytes(lost.p12())
        key = read_p12(tmp_path / "k.p12", PASSPHRASE)
        order = replace(_order(other, tmp_path, Level.B_LT, url), key=key)
        with pytest.raises(UsageError) as caught:
            sign_pdf(blank_pdf(), order)
        assert "sudah dicabut" in caught.value.text("id")
        trust = Trust((other.root.der,), now=REAL)
        signed = made.sign_pdf(blank_pdf(), lost, now=REAL)
        assert verify_signatures(signed, trust)[0].holds, "without asking nobody knows"
        asked = verify_signatures(signed, replace(trust, offline=False))[0]
        assert "dicabut" in asked.faults[0].id


def test_revocation_lists_that_cannot_be_had(living: Authority, tmp_path: Path) -> None:
    with served(_stamping(living)) as url, pytest.raises(UsageError) as caught:
        sign_pdf(blank_pdf(), _order(living, tmp_path, Level.B_LT, url))
    assert "daftar pencabutan" in caught.value.text("id")


REFUSAL = bytes.fromhex("30053003020102")
"""A TimeStampResp without a timestamp: the status is "rejection"."""
BAD: dict[str, tuple[Answer, str]] = {
    "garbage": (lambda _: (200, b"<html>Halaman login</html>"), "bukan stempel waktu yang sah"),
    "nothing": (lambda _: (200, b""), "bukan stempel waktu yang sah"),
    "refusal": (lambda _: (200, REFUSAL), "bukan stempel waktu yang sah"),
    "error": (lambda _: (500, b""), "HTTP 500"),
    "missing": (lambda _: (404, b""), "HTTP 404"),
}


@pytest.mark.parametrize("name", BAD)
def test_answers_that_are_none(name: str, living: Authority, tmp_path: Path) -> None:
    answer, told = BAD[name]
    with served(answer) as url, pytest.raises(UsageError) as caught:
        sign_pdf(blank_pdf(), _order(living, tmp_path, Level.B_T, url))
    assert told in caught.value.text("id")
    assert url in caught.value.text("id")


def test_answer_to_another_question(living: Authority, tmp_path: Path) -> None:
    kept: list[tuple[int, bytes]] = []
    stamp = _stamping(living)

    def first_one(question: bytes) -> tuple[int, bytes]:
        kept.append(kept[0] if kept else stamp(question))
        return kept[0]

    with served(first_one) as url, pytest.raises(UsageError) as caught:
        sign_pdf(blank_pdf(), _order(living, tmp_path, Level.B_T, url))
    assert "bukan stempel waktu yang sah" in caught.value.text("id")


def test_nobody_there(living: Authority, tmp_path: Path) -> None:
    with served(lambda _: (200, b"")) as url:
        pass
    with pytest.raises(UsageError) as caught:
        sign_pdf(blank_pdf(), _order(living, tmp_path, Level.B_T, url))
    assert "tidak dapat dihubungi" in caught.value.text("id")


@pytest.mark.parametrize("url", ["tsa.contoh.example", "file:///etc/passwd", "ftp://contoh.example/", "", "http://"])
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        timestamper_at(url)
    assert "bukan alamat web" in caught.value.text("id")
