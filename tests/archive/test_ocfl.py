"""OCFL storage roots, judged by an independent validator: no errors, and no warnings either."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from pathlib import Path

import ocfl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ocfl.layout_registry import get_layout

from pipeline.archive import ocfl as roots
from pipeline.archive.ocfl import Exported
from pipeline.errors import ArchiveError, OutputError
from tests.archive.samples import Version, filled, local, parcel
from tests.archive.test_bagit import DOCUMENTS, files

ALL = tuple(DOCUMENTS)
THIRD: Version = {"reses.pdf": b"%PDF tiga", "reses.docx": b"PK satu", "sumber/sop/reses.yaml": b"judul: Reses\n"}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    filled(local(tmp_path / "arsip"), tmp_path / "kerja", DOCUMENTS)
    return tmp_path / "arsip"


def export(archive: Path, root: Path, items: tuple[str, ...] | None = None) -> Exported:
    """One export."""
    return roots.export(parcel(local(archive), items), root)


def told_of(root: Path) -> str:
    """What the validator says of a root and of every object in it: "" when there is nothing to say."""
    store = ocfl.StorageRoot(root=str(root))
    whole = store.validate(validate_objects=True, check_digests=True, log_warnings=True)
    told = [*store.log.messages, *(message for _, message in store.errors)]
    assert whole or told
    assert store.num_objects == len(list(root.rglob("0=ocfl_object_1.1")))
    assert told or store.good_objects == store.num_objects > 0
    return "\n".join(told)


def objects(root: Path) -> dict[str, dict[str, object]]:
    """The inventories in a root by the id of their object."""
    found = [json.loads(path.with_name("inventory.json").read_bytes()) for path in root.rglob("0=ocfl_object_1.1")]
    return {str(one["id"]): one for one in found}


def test_the_archive_becomes_a_valid_root(archive: Path, tmp_path: Path) -> None:
    root = tmp_path / "serah/gudang"
    assert export(archive, root) == Exported(new=ALL)
    assert told_of(root) == ""
    found = objects(root)
    assert set(found) == {"urn:x-tertib:contoh:sop:reses", "urn:x-tertib:contoh:reses:2026-masa-1"}
    versions = found["urn:x-tertib:contoh:sop:reses"]["versions"]
    assert isinstance(versions, dict)
    assert versions["v1"]["user"] == {
        "name": "Sekretariat DPRD Kabupaten Contoh", "address": "mailto:setwan@contoh.example"
    }  # fmt: skip
    assert versions["v2"]["created"] == "2026-03-04T00:00:00Z"
    assert "nomor 000.1/2, versi 2, diarsipkan 4 Maret 2026" in versions["v2"]["message"]


def test_every_version_comes_back_as_it_was(archive: Path, tmp_path: Path) -> None:
    export(archive, tmp_path / "gudang")
    for item in ALL:
        path = tmp_path / "gudang" / roots.object_path(f"urn:x-tertib:contoh:{item.replace('/', ':')}")
        inventory = json.loads((path / "inventory.json").read_bytes())
        for number, version in enumerate(inventory["versions"].values(), start=1):
            back = {
                name: (path / inventory["manifest"][proof][0]).read_bytes()
                for proof, names in version["state"].items()
                for name in names
            }
            assert back == files(archive / item / f"v{number:03d}")


def test_what_did_not_change_is_stored_once(archive: Path, tmp_path: Path) -> None:
    export(archive, tmp_path / "gudang")
    stored = [path.read_bytes() for path in (tmp_path / "gudang").rglob("v*/content/**/*") if path.is_file()]
    assert stored.count(b"PK satu") == 1


@pytest.mark.parametrize("identifier", ["urn:x-tertib:contoh:sop:reses", "http://a/é", "x" * 150, "a.b c"])
def test_objects_lie_where_the_registered_layout_says(identifier: str) -> None:
    assert roots.object_path(identifier) == get_layout(roots.LAYOUT).identifier_to_path(identifier)


def test_exporting_again_changes_nothing(archive: Path, tmp_path: Path) -> None:
    root = tmp_path / "gudang"
    export(archive, root)
    before = files(root)
    assert export(archive, root) == Exported(same=ALL)
    assert files(root) == before


def test_new_versions_and_documents_are_added(archive: Path, tmp_path: Path) -> None:
    root = tmp_path / "gudang"
    export(archive, root, ("sop/reses",))
    before = files(root)
    filled(local(archive), tmp_path / "lagi", {"sop/reses": [THIRD], "sop/lain": [{"lain.pdf": b"%PDF"}]})
    assert export(archive, root) == Exported(new=("reses/2026-masa-1", "sop/lain"), grown=("sop/reses",))
    assert told_of(root) == ""
    after = files(root)
    top = roots.object_path("urn:x-tertib:contoh:sop:reses")
    assert {name for name, data in before.items() if after.get(name) != data} == {
        f"{top}/inventory.json", f"{top}/inventory.json.sha512"
    }  # fmt: skip
    export(archive, tmp_path / "sekali")
    assert files(tmp_path / "sekali") == after
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def _change(root: Path) -> None:
    path = next(root.rglob("v1/content/reses.pdf"))
    path.write_bytes(b"%PDF lain")


def _cut(root: Path) -> None:
    next(path for path in root.rglob("inventory.json") if path.parent.name == "v1").unlink()


def _add(root: Path) -> None:
    (next(root.rglob("0=ocfl_object_1.1")).parent / "lain.txt").write_bytes(b"x")


def _inventory(root: Path) -> None:
    for path in root.rglob("inventory.json"):
        path.write_bytes(path.read_bytes().replace(b"Contoh", b"Cantik"))


TAMPERED: dict[str, Callable[[Path], None]] = {"changed": _change, "cut": _cut, "extra": _add, "told": _inventory}


@pytest.mark.parametrize("how", TAMPERED)
@pytest.mark.parametrize("grown", [False, True])
def test_an_object_that_was_changed_is_noticed_and_kept(archive: Path, tmp_path: Path, how: str, grown: bool) -> None:
    root = tmp_path / "gudang"
    export(archive, root, ("sop/reses",))
    TAMPERED[how](root)
    assert told_of(root)
    if grown:
        filled(local(archive), tmp_path / "lagi", {"sop/reses": [THIRD]})
    before = files(root)
    with pytest.raises(OutputError):
        export(archive, root)
    assert files(root) == before


def test_a_shorter_archive_does_not_shorten_a_root(archive: Path, tmp_path: Path) -> None:
    filled(local(tmp_path / "pendek"), tmp_path / "k", {"sop/reses": DOCUMENTS["sop/reses"][:1]})
    root = tmp_path / "gudang"
    export(archive, root)
    before = files(root)
    with pytest.raises(OutputError):
        export(tmp_path / "pendek", root)
    assert files(root) == before


def test_an_object_that_cannot_be_exchanged_stays(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "gudang"
    export(archive, root, ("sop/reses",))
    before = files(root)
    filled(local(archive), tmp_path / "lagi", {"sop/reses": [THIRD]})
    real, calls = Path.rename, 0

    def full(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise OSError(errno.ENOSPC, "full")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(OutputError):
        export(archive, root, ("sop/reses",))
    assert calls == 3
    assert files(root) == before


@pytest.mark.parametrize("name", ["surat.txt", "0=ocfl_1.1"])
def test_another_folder_is_not_touched(archive: Path, tmp_path: Path, name: str) -> None:
    root = tmp_path / "gudang"
    root.mkdir()
    (root / name).write_bytes(b"ocfl_1.1\n")
    with pytest.raises(OutputError):
        export(archive, root)
    assert files(root) == {name: b"ocfl_1.1\n"}


def test_a_damaged_archive_is_not_exported(archive: Path, tmp_path: Path) -> None:
    (archive / "reses/2026-masa-1/v001/rekapitulasi.pdf").write_bytes(b"%PXF")
    with pytest.raises(ArchiveError):
        export(archive, tmp_path / "gudang")
    assert not (tmp_path / "gudang").exists()


_NAMES = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="/\\\u2028\u2029"), min_size=1)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.sets(_NAMES | st.sampled_from(["é", "e\u0301", "a%20b", "x" * 180]), min_size=1, max_size=5))
def test_odd_names_survive(tmp_path_factory: pytest.TempPathFactory, names: set[str]) -> None:
    assume(all(len(name.encode()) < 200 and name not in (".", "..") for name in names))
    folder = tmp_path_factory.mktemp("nama")
    version = {"a.pdf": b"%PDF"} | {f"sumber/{name}": name.encode() for name in names}
    filled(local(folder / "arsip"), folder / "kerja", {"sop/a": [version]})
    export(folder / "arsip", folder / "gudang")
    assert told_of(folder / "gudang") == ""
