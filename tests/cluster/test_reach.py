"""A cluster that is not there, goes away, asks for a certificate, or is left by the person."""

from __future__ import annotations

import datetime as dt
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster
from distributed.security import Security

from pipeline.errors import UsageError
from pipeline.model.message import Message
from pipeline.run.build import build
from pipeline.run.cluster import Cluster
from pipeline.run.crew import ClusterError, address_of
from pipeline.run.events import Silent
from pipeline.run.outcome import Outcome
from pipeline.run.settings import Settings
from tests.cli.desk import Desk
from tests.cluster.farm import farm
from tests.cluster.test_cluster import TITLES, made, put_sops


class Breaking(Silent):
    """Does something once the first document is done."""

    def __init__(self, label: str, act: object) -> None:
        self._label, self._act, self._now = label, act, ""

    def started(self, total: int, label: Message) -> None:
        self._now = label.id

    def advanced(self, item: str = "") -> None:
        if self._now == self._label and callable(self._act):
            act, self._act = self._act, None
            act()


def settings_at(folder: Path) -> Settings:
    """A run in ``folder``."""
    return Settings(folder, folder / "outputs", dt.date(2026, 3, 1))


@pytest.fixture
def near() -> Iterator[LocalCluster]:
    """A cluster with one worker in this very process."""
    with LocalCluster(  # type: ignore[no-untyped-call] # it has no types
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.mark.parametrize("text", ["server", "http://server:80", "tcp://:8786", "tcp://server:99999", "tcp://a b:1", ""])
def test_what_is_no_address_is_said(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        address_of(text)
    assert "tcp://server.contoh.example:8786" in caught.value.message.id


def test_addresses_may_lack_their_scheme() -> None:
    assert address_of("server:8786") == "tcp://server:8786"
    assert address_of(" tls://10.0.0.1:8786/ ") == "tls://10.0.0.1:8786"


def test_a_cluster_that_is_not_there_is_told_before_anything_is_written(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
    done = desk.run("build", "--cluster", address)
    assert done.code == 2
    assert f"Klaster {address} tidak dapat dihubungi" in done.err
    assert not (desk.folder / "outputs").exists()


def test_a_cluster_without_workers_is_told(desk: Desk) -> None:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=0, processes=False, protocol="tcp", dashboard_address=None
    ) as cluster:
        workforce = Cluster(cluster.scheduler_address, Silent(), patience=1)
        with pytest.raises(ClusterError) as caught:
            workforce.__enter__()
    assert "tidak mempunyai pekerja" in caught.value.message.id


def test_tls_without_certificates_is_told(desk: Desk) -> None:
    done = desk.run("build", "--cluster", "tls://127.0.0.1:1")
    assert done.code == 2
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in done.err


def test_certificates_come_from_the_configuration_of_dask(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import dask

    security = Security.temporary()
    kept = security.get_tls_config_for_role("client")
    files = {name: desk.folder / f"{name}.pem" for name in kept if name != "ciphers" and kept[name]}
    for name, path in files.items():
        path.write_text(kept[name])
    own = {
        "distributed.comm.tls.ca-file": str(files["ca_file"]),
        "distributed.comm.tls.client.cert": str(files["cert"]),
        "distributed.comm.tls.client.key": str(files["key"]),
    }
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=1, threads_per_worker=1, processes=False, protocol="tls", dashboard_address=None, security=security
    ) as cluster:
        assert cluster.scheduler_address.startswith("tls://")
        refused = desk.run("build", "--cluster", cluster.scheduler_address)
        assert refused.code == 2, refused.all
        with dask.config.set(own):
            done = desk.run("build", "--cluster", cluster.scheduler_address)
        assert done.code == 0, done.all
    assert "uji/sop/surat.pdf" in made(desk, "outputs")


def test_a_scheduler_that_goes_away_leaves_what_is_done(desk: Desk, tmp_path: Path) -> None:
    put_sops(desk, *TITLES)
    settings = settings_at(desk.folder)
    with farm(tmp_path / "klaster", 1) as cluster:
        listener = Breaking("Membuat PDF", cluster.scheduler.kill)
        with Cluster(cluster.address, listener, patience=2) as workforce:
            began = time.monotonic()
            outcome: Outcome = build(settings, listener, workforce)
            took = time.monotonic() - began
    assert took < 60  # not the minutes that the library would wait
    assert outcome.exit_code == 2
    assert [
        failure.message.id for failure in outcome.report.failures if "tidak dapat dihubungi lagi" in failure.message.id
    ]
    done = [name for name in made(desk, "outputs") if name.endswith(".pdf")]
    assert 0 < len(done) < 4
    before = made(desk, "outputs")
    again = desk.run("build")
    assert again.code == 0, again.all
    after = made(desk, "outputs")
    assert len([name for name in after if name.endswith(".pdf")]) == 4
    assert all(after[name] == before[name] for name in done)


def test_who_interrupts_leaves_nothing_at_work(desk: Desk, near: LocalCluster) -> None:
    put_sops(desk, *TITLES)

    def interrupt() -> None:
        raise KeyboardInterrupt

    listener = Breaking("Menyusun DOCX", interrupt)
    with pytest.raises(KeyboardInterrupt), Cluster(near.scheduler_address, listener) as workforce:
        build(settings_at(desk.folder), listener, workforce)
    with Client(near.scheduler_address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        deadline = time.monotonic() + 20
        while client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):
            assert time.monotonic() < deadline
            time.sleep(0.1)
