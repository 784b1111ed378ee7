"""Headless Chromium for tests: opens BPMN files in bpmn-js and takes pictures. No server, no network: files only.

``python -m tests.export.chromium FILE.bpmn PICTURE.png`` takes the picture of the documentation.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

MODULES = Path(__file__).parent / "browser" / "node_modules"
REQUIRED = "TERTIB_BROWSER"
"""Set to ``wajib`` where the tests must run: then a missing program fails them instead of skipping."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_PAGE = """<!doctype html><meta charset="utf-8">
<link rel="stylesheet" href="{base}/assets/diagram-js.css"><link rel="stylesheet" href="{base}/assets/bpmn-js.css">
<style>html, body, #c {{ margin: 0; width: 100%; height: 100% }}</style><div id="c"></div>
<script src="{base}/bpmn-viewer.production.min.js"></script><script type="application/json" id="in">{files}</script>
<script>
(async () => {{
  const made = [];
  for (const xml of JSON.parse(document.getElementById('in').textContent)) {{
    const viewer = new BpmnJS({{ container: '#c' }});
    try {{
      const read = await viewer.importXML(xml);
      const drawn = viewer.get('elementRegistry').filter((_, picture) => picture !== undefined).map(one => one.id);
      const saved = await viewer.saveXML({{ format: true }});
      made.push({{ warnings: read.warnings.map(one => one.message), drawn, xml: saved.xml }});
    }} catch (error) {{
      made.push({{ warnings: [String(error)], drawn: [], xml: '' }});
    }}
    if ({picture}) viewer.get('canvas').zoom('fit-viewport'); else viewer.destroy();
  }}
  const out = document.createElement('pre');
  out.id = 'out'; out.hidden = true; out.textContent = JSON.stringify(made);
  document.body.append(out);
}})();
</script>"""


def find() -> str:
    """The program; skips the test where there is none, unless it is required."""
    names = (os.environ.get("TERTIB_CHROMIUM", ""), *_NAMES)
    program = next((found for name in names if name and (found := shutil.which(name))), None)
    if program is None:
        _missing("Chromium is not installed: nothing is opened in a browser (sh setup.sh browser)")
    return program or ""


def needs_bpmn_js() -> None:
    """Skips the test where bpmn-js is not installed, unless it is required."""
    if not (MODULES / "bpmn-js").is_dir():
        _missing("bpmn-js is not installed: no BPMN is opened in it (sh setup.sh browser)")


def axe() -> str:
    """The script of axe-core, which finds what keeps people out; skips the test where it is not installed."""
    script = MODULES / "axe-core" / "axe.min.js"
    if not script.is_file():
        _missing("axe-core is not installed: no page is checked with it (sh setup.sh browser)")
    return script.read_text(encoding="utf-8")


def _missing(reason: str) -> None:
    if os.environ.get(REQUIRED) == "wajib":
        pytest.fail(reason)
    pytest.skip(reason)


def open_bpmn(files: Sequence[bytes]) -> list[dict[str, Any]]:
    """For each file what bpmn-js warns of, the ids it drew, and the XML it saves."""
    with tempfile.TemporaryDirectory() as folder:
        page = _page(files, Path(folder), picture=False)
        dom = _run(Path(folder), "--dump-dom", page.as_uri()).decode()
    found = re.search(r'<pre id="out"[^>]*>(.*?)</pre>', dom, re.DOTALL)
    assert found, dom[-2000:]
    read: list[dict[str, Any]] = json.loads(html.unescape(found[1]))
    return read


def picture_of_bpmn(file: bytes, png: Path, size: tuple[int, int]) -> None:
    """A picture of a file in bpmn-js, as large as fits."""
    with tempfile.TemporaryDirectory() as folder:
        take_picture(_page([file], Path(folder), picture=True).as_uri(), png, size)


def take_picture(address: str, png: Path, size: tuple[int, int]) -> None:
    """A picture of a page, in px."""
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), f"--window-size={size[0]},{size[1]}", f"--screenshot={png}", address)


def _page(files: Sequence[bytes], folder: Path, *, picture: bool) -> Path:
    data = json.dumps([file.decode() for file in files]).replace("<", "\\u003c")
    base = (MODULES / "bpmn-js" / "dist").as_uri()
    page = folder / "halaman.html"
    page.write_text(_PAGE.format(base=base, files=data, picture=str(picture).lower()), encoding="utf-8")
    return page


def _run(folder: Path, *args: str) -> bytes:
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files")
    own = (f"--user-data-dir={folder / 'profil'}", "--virtual-time-budget=60000", "--force-device-scale-factor=1")
    done = subprocess.run([find(), *options, *own, *args], capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return done.stdout


def main(source: Path, target: Path, width: int = 1200) -> None:
    """A picture of a file, so wide, as high as its pool, in as few shades as will do."""
    data = source.read_bytes()
    pool = re.search(rb'bpmnElement="Kolam".*?width="(\d+)" height="(\d+)"', data)
    assert pool, "not a file of ours"
    height = width * int(pool[2]) // int(pool[1])
    picture_of_bpmn(data, target.resolve(), (width + 20, height + 50))
    Image.open(target).convert("L").quantize(16).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
