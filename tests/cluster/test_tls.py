"""A cluster with certificates, and with LibreOffice itself."""

from __future__ import annotations

from pathlib import Path

from distributed.security import Security

from tests.cli.desk import Desk
from tests.cluster.farm import farm
from tests.cluster.work import made


def test_certificates_come_from_the_configuration_of_dask(
    desk: Desk, libreoffice: None, real_libreoffice: None, tmp_path: Path
) -> None:
    kept = Security.temporary().get_tls_config_for_role("client")
    files = {name: tmp_path / f"{name}.pem" for name in ("ca_file", "cert", "key")}
    for name, path in files.items():
        path.write_text(kept[name])
    tls = {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(files["ca_file"])}
    for role in ("SCHEDULER", "WORKER", "CLIENT"):
        tls |= {f"DASK_DISTRIBUTED__COMM__TLS__{role}__{name.upper()}": str(files[name]) for name in ("cert", "key")}
    shared = {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "true"}
    with farm(tmp_path / "klaster", {**tls, **shared}, protocol="tls") as cluster:
        assert cluster.address.startswith("tls://")
        cluster.hire()
        stranger = desk.run("build", "--cluster", cluster.address.replace("tls:", "tcp:"))
        assert stranger.code == 2
        assert "tidak dapat dihubungi" in stranger.err
        process = desk.start("build", "--cluster", cluster.address, "-o", "sana", **tls)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    # Its LibreOffice stays from document to document, that of one document here does not: the bytes are the same.
    here = desk.run("build", "-o", "sini")
    assert here.code == 0, here.all
    assert made(desk, "sana") == made(desk, "sini")
    assert "uji/sop/surat.pdf" in made(desk, "sana")
