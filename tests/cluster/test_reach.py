"""A cluster that is not there, goes away, asks for a certificate, or is left by the person."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Collection, Iterator

import pytest
from distributed import Client, LocalCluster

from pipeline.convert.libreoffice import Job
from pipeline.errors import TertibError, UsageError
from pipeline.run import there
from pipeline.run.baseline import begin
from pipeline.run.build import build
from pipeline.run.check import check_sops, select
from pipeline.run.cluster import AHEAD, Cluster
from pipeline.run.crew import ClusterError, address_of
from pipeline.run.events import Silent
from pipeline.run.parcels import Packer, Parcel
from pipeline.run.workforce import DrawTask
from tests.cli.desk import Desk
from tests.cluster.work import TITLES, Breaking, put_sops, settings_at


@pytest.fixture
def near() -> Iterator[LocalCluster]:
    """A cluster with one worker in this very process."""
    with LocalCluster(  # type: ignore[no-untyped-call] # it has no types
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=":0"
    ) as cluster:
        yield cluster
        while there._BENCH:
            there._BENCH.pop().close()


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


def test_who_answers_but_is_no_scheduler_is_told(desk: Desk) -> None:
    class Other(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = desk.run("build", "--cluster", f"127.0.0.1:{server.server_port}")
        server.shutdown()
    assert done.code == 2
    assert "tidak dijawab oleh penjadwal Dask" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("command", ["build", "recap"])
def test_an_empty_address_is_no_wish_to_work_here(command: str, desk: Desk) -> None:
    done = desk.run(command, "--cluster", "")
    assert done.code == 2
    assert "tcp://server.contoh.example:8786" in done.err
    assert not (desk.folder / "outputs").exists()


def test_a_cluster_without_workers_is_told(desk: Desk) -> None:
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=0, processes=False, protocol="tcp", dashboard_address=":0"
    ) as cluster:
        workforce = Cluster(cluster.scheduler_address, Silent(), patience=1)
        with pytest.raises(ClusterError) as caught:
            workforce.__enter__()
    assert "tidak mempunyai pekerja" in caught.value.message.id


def test_tls_without_certificates_is_told(desk: Desk) -> None:
    done = desk.run("build", "--cluster", "tls://127.0.0.1:1")
    assert done.code == 2
    assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in done.err


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


def test_no_more_is_on_its_way_than_workers_hold(
    desk: Desk, near: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_at(desk.folder)
    (item,) = check_sops(select(settings), settings, Silent(), begin(settings)).items
    broken = desk.put("templates/sop.docx", b"bukan Word")
    tasks = [DrawTask(item, broken, f"{number}.docx") for number in range(40)]
    told: list[int] = []
    sent: list[int] = []
    pack = Packer.pack

    def counting(packer: Packer, task: DrawTask | Job, held: Collection[str] = ()) -> Parcel:
        sent.append(len(sent) + 1 - len(told))
        return pack(packer, task, held)

    monkeypatch.setattr(Packer, "pack", counting)
    with Cluster(near.scheduler_address, Silent()) as workforce:
        workforce.draw(tasks, lambda number, made: told.append(number))
    assert sorted(told) == list(range(40))
    assert max(sent) == AHEAD


def test_a_worker_that_lost_what_it_had_gets_it_again(desk: Desk, near: LocalCluster) -> None:
    settings = settings_at(desk.folder)
    (item,) = check_sops(select(settings), settings, Silent(), begin(settings)).items
    broken = desk.put("templates/sop.docx", b"bukan Word")
    told: dict[int, str] = {}

    def forget(number: int, made: object) -> None:
        told[number] = made.message.id if isinstance(made, TertibError) else repr(made)
        there._BENCH[0].kept.clear()

    with Cluster(near.scheduler_address, Silent()) as workforce:
        workforce.draw([DrawTask(item, broken, f"{number}.docx") for number in range(12)], forget)
    assert sorted(told) == list(range(12))
    assert all("inputs/uji/templates/sop.docx" in text for text in told.values())
    assert "came damaged" not in "".join(told.values())
