"""What an OCFL object tells of its versions, what it holds of archives of the first format, and what it refuses."""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.archive import desk
from pipeline.archive import ocfl as roots
from pipeline.archive.ocfl import Exported
from pipeline.errors import OutputError
from tests.archive import samples
from tests.archive.desk import add, add_signed, item, small
from tests.archive.old import old_archive
from tests.archive.samples import filled, local
from tests.archive.test_bagit import files
from tests.archive.test_ocfl import export, told_of

ONE = {"reses.pdf": b"%PDF", "publik/reses.pdf": b"%PDF", "reses.docx": b"PK"}
TWO = {"reses.pdf": b"%PDF dua", "reses.docx": b"PK"}


def inventory(root: Path) -> dict[str, Any]:
    """The inventory of the only object in a root."""
    (found,) = root.rglob("0=ocfl_object_1.1")
    value: dict[str, Any] = json.loads(found.with_name("inventory.json").read_bytes())
    return value


@pytest.mark.parametrize(
    ("settings", "user"),
    [
        (
            {"unit": "Sekretariat", "surel": "a@contoh.example", "laman": "https://contoh.example"},
            {"name": "Sekretariat", "address": "mailto:a@contoh.example"},
        ),
        (
            {"unit": "Sekretariat", "laman": "https://contoh.example"},
            {"name": "Sekretariat", "address": "https://contoh.example"},
        ),
        ({"laman": "contoh.example"}, {"name": "contoh", "address": "urn:x-tertib:contoh"}),
        ({}, {"name": "contoh", "address": "urn:x-tertib:contoh"}),
    ],
)
def test_a_version_names_the_office_as_it_was_when_it_was_filed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Mapping[str, str], user: Mapping[str, str]
) -> None:
    monkeypatch.setattr(samples, "SETTINGS", {"kantor": "contoh", **settings})
    archive = tmp_path / "arsip"
    filled(local(archive), tmp_path / "satu", {"sop/reses": [ONE]})
    monkeypatch.setattr(samples, "SETTINGS", {"kantor": "contoh", "unit": "Nama Baru", "surel": "b@contoh.example"})
    filled(local(archive), tmp_path / "dua", {"sop/reses": [TWO]})
    export(archive, tmp_path / "gudang")
    versions = inventory(tmp_path / "gudang")["versions"]
    assert versions["v1"]["user"] == user
    assert versions["v2"]["user"] == {"name": "Nama Baru", "address": "mailto:b@contoh.example"}


def test_everything_in_an_inventory_stands_in_order(tmp_path: Path) -> None:
    archive, root = tmp_path / "arsip", tmp_path / "gudang"
    filled(local(archive), tmp_path / "satu", {"sop/reses": [ONE, TWO]})
    export(archive, root)
    told = inventory(root)
    for kept in (told["manifest"], told["fixity"]["sha256"], *(one["state"] for one in told["versions"].values())):
        assert list(kept) == sorted(kept)
    alike = [names for names in told["versions"]["v1"]["state"].values() if len(names) > 1]
    assert alike == [["publik/reses.pdf", "reses.pdf"]]
    stored = {at for places in told["manifest"].values() for at in places}
    assert stored == {at for places in told["fixity"]["sha256"].values() for at in places}


def test_a_signed_version_says_so(tmp_path: Path) -> None:
    archive = small(tmp_path)
    assert add_signed(archive, desk.load(local(archive)).log.filed[0]) is not None
    export(archive, tmp_path / "gudang")
    told = [one["message"] for one in inventory(tmp_path / "gudang")["versions"].values()]
    assert ["ditandatangani (naskah versi 1)" in text for text in told] == [False, False, True]


def test_an_archive_of_the_first_format_is_stored_once_and_leaves_no_empty_folder(tmp_path: Path) -> None:
    storage = local(tmp_path / "arsip")
    old_archive(tmp_path, storage)
    add(storage, item(tmp_path, name="lain"))
    root = tmp_path / "gudang"
    export(tmp_path / "arsip", root, ("sop/reses",))
    assert told_of(root) == ""
    stored = [path.read_bytes() for path in root.rglob("v*/content/**/*") if path.is_file()]
    assert stored.count(b"PK") == 1
    assert not [path for path in root.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_a_root_that_does_not_say_what_it_is_gets_nothing(tmp_path: Path) -> None:
    archive, root = tmp_path / "arsip", tmp_path / "gudang"
    filled(local(archive), tmp_path / "satu", {"sop/reses": [ONE]})
    export(archive, root)
    (root / "0=ocfl_1.1").write_bytes(b"ocfl_1.2\n")
    with pytest.raises(OutputError) as error:
        export(archive, root)
    assert "bukan gudang OCFL 1.1" in error.value.text("id")


def test_a_link_in_an_object_is_not_taken_for_a_file(tmp_path: Path) -> None:
    archive, root = tmp_path / "arsip", tmp_path / "gudang"
    filled(local(archive), tmp_path / "satu", {"sop/reses": [ONE]})
    export(archive, root)
    stored = next(root.rglob("v1/content/reses.docx"))
    stored.rename(tmp_path / "luar.docx")
    stored.symlink_to(tmp_path / "luar.docx")
    with pytest.raises(OutputError) as error:
        export(archive, root)
    assert "v1/content/reses.docx" in error.value.text("id")


def test_an_object_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, root = tmp_path / "arsip", tmp_path / "gudang"
    filled(local(archive), tmp_path / "satu", {"sop/reses": [ONE]})
    assert export(archive, root) == Exported(new=("sop/reses",))
    before = files(root)

    def fails(_: object) -> None:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(roots, "copy_hashing", fails)
    with pytest.raises(OutputError):
        export(archive, root)
    assert files(root) == before
