"""The locks pin exactly what pyproject.toml asks for, with hashes, for every system."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
EXTRAS = PROJECT["project"]["optional-dependencies"]


def asked(extra: str) -> list[str]:
    """What an extra asks for; where it names extras of the project itself, what those ask for."""
    found: list[str] = []
    for text in EXTRAS[extra]:
        one = Requirement(text)
        own = one.name == PROJECT["project"]["name"]
        found += [text] if not own else [wanted for name in sorted(one.extras) for wanted in asked(name)]
    return found


DEVELOPMENT = RUNTIME + asked("dev")


def pins(lock: str) -> dict[str, set[Version]]:
    """Package name -> the versions ``lock`` pins (more than one where Python versions differ)."""
    found: dict[str, set[Version]] = {}
    for name, version in PIN.findall((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(canonicalize_name(name), set()).add(Version(version))
    return found


@pytest.mark.parametrize(
    ("lock", "wanted"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", DEVELOPMENT)], ids=["runtime", "dev"]
)
def test_every_direct_dependency_is_pinned_as_asked(lock: str, wanted: list[str]) -> None:
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in {lock}: run `make lock`"
        assert all(v in requirement.specifier for v in versions), f"{requirement} against {versions}: run `make lock`"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_a_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert all("--hash=sha256:" in block for block in blocks)


def test_development_has_the_run_time_versions() -> None:
    development = pins("requirements-dev.lock")
    assert {name: development.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def test_windows_is_locked_too() -> None:
    assert "colorama" in pins("requirements.lock"), "click needs colorama on Windows: the lock is not universal"
