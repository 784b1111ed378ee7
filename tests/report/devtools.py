"""A headless Chromium driven over its debugging pipe: opens a file, types, reads, prints. No server, no packages."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.export.chromium import find

_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--disable-background-networking",
    "--remote-debugging-pipe",
)
_LAUNCH = "import os, sys; r, w, *c = sys.argv[1:]; os.dup2(int(r), 3); os.dup2(int(w), 4); os.execvp(c[0], c)"
_KEYS = {"Tab": 9, "Enter": 13, "Space": 32, "Escape": 27}


class Browser:
    """A running browser with one page. ``problems`` are errors of the console, ``requests`` what it asked a net for."""

    def __init__(self, *, width: int = 1100, height: int = 900, scripts: bool = True) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._count = 0
        self._buffer = b""
        self.problems: list[str] = []
        self.requests: list[str] = []
        self._start()
        self._session = self._attach()
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        if not scripts:
            self.call("Emulation.setScriptExecutionDisabled", value=True)
        self.size(width, height)

    def _start(self) -> None:
        """The browser reads commands from descriptor 3 and answers on 4."""
        low, self._out = os.pipe()
        self._in, other = os.pipe()
        read, write = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (low, other))
        os.close(low)
        os.close(other)
        command = [find(), *_OPTIONS, f"--user-data-dir={self._folder.name}/profil", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(read), str(write), *command],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(read)
        os.close(write)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The group of processes that this object started, and no other.
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._out)
        os.close(self._in)
        self._folder.cleanup()

    def _attach(self) -> str:
        self._session = ""
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target["targetId"] for target in targets if target["type"] == "page")
        session: str = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        return session

    def call(self, method: str, **values: Any) -> dict[str, Any]:
        """A command of the DevTools protocol, and its result."""
        self._count += 1
        message: dict[str, Any] = {"id": self._count, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            piece = os.read(self._in, 1 << 20)
            assert piece, "the browser ended"
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _note(self, event: dict[str, Any]) -> None:
        values = event.get("params", {})
        match event.get("method"):
            case "Runtime.exceptionThrown":
                self.problems.append(str(values["exceptionDetails"]))
            case "Log.entryAdded":
                self.problems.append(str(values["entry"]))
            case "Runtime.consoleAPICalled":
                self.problems.append(str(values["args"]))
            case "Network.requestWillBeSent":
                self.requests.append(values["request"]["url"])

    def open(self, file: Path, hash: str = "") -> None:
        """Open a page and wait until it is loaded and drawn."""
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=file.resolve().as_uri() + hash)
        self._until_loaded()

    def reload(self) -> None:
        """Load the page again at the address it has now."""
        self.call("Page.reload")
        self._until_loaded()

    def _until_loaded(self) -> None:
        while True:
            event = self._next()
            self._note(event)
            if event.get("method") == "Page.loadEventFired" and self.ask("location.href") != "about:blank":
                return

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression (a promise is waited for)."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and let go of a key: ``Tab``, ``Enter``, ``Space``."""
        text = {"Enter": "\r", "Space": " "}.get(key, "")
        same = {"key": " " if key == "Space" else key, "code": key, "windowsVirtualKeyCode": _KEYS[key]}
        modifiers = 8 if shift else 0
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, modifiers=modifiers, **same)
        self.call("Input.dispatchKeyEvent", type="keyUp", modifiers=modifiers, **same)

    def type(self, text: str) -> None:
        """Put text in where the keyboard is, and wait until the page has taken it in."""
        self.call("Input.insertText", text=text)
        self.ask("new Promise(done => setTimeout(done, 300))")

    def size(self, width: int, height: int) -> None:
        """Make the window so large, in px."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, **features: str) -> None:
        """Emulate media features, such as ``prefers_color_scheme="dark"``."""
        told = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=told)

    def pdf(self) -> bytes:
        """The page as printed."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])

    def picture(self, *, whole: bool = False) -> bytes:
        """A PNG of the window, or of the whole page."""
        return base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"])
