"""The built wheel works on its own: installed into a new venv, used outside the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.convert.libreoffice import find_soffice

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]


@dataclass(frozen=True)
class Installed:
    """The wheel, and the command installed from it; ``folder`` has a blank in its name and none of the repository."""

    wheel: Path
    command: Path
    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Runs ``tertib`` as an official would: from a folder of their own."""
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COV_", "PYTEST_"))}
        return subprocess.run(
            [self.command, *arguments],
            cwd=self.folder,
            env=clean | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("paket dengan spasi")
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(base), str(ROOT)]
    subprocess.run([*PIP, *build], check=True)
    wheel = next(base.glob("tertib-*.whl"))
    venv = base / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    paths = {name: Path(sysconfig.get_path(name, "venv", {"base": str(venv)})) for name in ("purelib", "scripts")}
    # The dependencies come from this environment; pip installs only the wheel. A .pth inside them (the
    # editable repository) is not followed from there, so the repository stays out of sight.
    (paths["purelib"] / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = paths["scripts"] / ("python.exe" if os.name == "nt" else "python")
    subprocess.run([*PIP, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)], check=True)
    folder = base / "kantor kami"
    folder.mkdir()
    return Installed(wheel, paths["scripts"] / ("tertib.exe" if os.name == "nt" else "tertib"), folder)


def test_wheel_holds_data_templates_and_licence_and_nothing_else(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    data = {p.relative_to(ROOT).as_posix() for p in (ROOT / "pipeline").rglob("*") if p.is_file()}
    templates = {f"pipeline/data/templates/{p.name}" for p in (ROOT / "templates").glob("*.docx")}
    assert "pipeline/data/templates/sop.docx" in templates
    assert {n for n in data if "__pycache__" not in n} | templates <= names
    assert any(n.endswith("/LICENSE") for n in names)
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"pipeline"}


def test_code_comes_from_the_wheel(installed: Installed) -> None:
    python = installed.command.with_name("python")
    where = subprocess.run(
        [python, "-c", "import pipeline; print(pipeline.__file__)"],
        cwd=installed.folder,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(installed.wheel.parent) in where


def test_help_and_explain(installed: Installed) -> None:
    shown = installed.run("--help")
    assert shown.returncode == 0, shown.stderr
    assert "check" in shown.stdout
    explained = installed.run("explain", "HKM-01")
    assert explained.returncode == 0, explained.stderr
    assert "HKM-01" in explained.stdout


def test_check_and_build_a_copied_office(installed: Installed) -> None:
    shutil.copytree(ROOT / "inputs" / "banyumas", installed.folder / "inputs" / "banyumas", dirs_exist_ok=True)
    draft = "inputs/banyumas/sop/penyusunan-renstra.yaml"
    checked = installed.run("check", draft)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "HKM-01" in checked.stdout
    built = installed.run("build", draft)
    expected = 0 if find_soffice() else 3
    assert built.returncode == expected, built.stdout + built.stderr
    made = installed.folder / "outputs" / "banyumas" / "sop" / "penyusunan-renstra.docx"
    assert made.is_file()
    assert made.with_suffix(".pdf").is_file() == (expected == 0)
