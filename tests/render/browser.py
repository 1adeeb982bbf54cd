"""Chromium without a window, spoken to over a pipe by the DevTools protocol: no driver and no network are needed."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

PROGRAM = shutil.which("chromium") or shutil.which("google-chrome")
_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--remote-debugging-pipe",
)

_TROUBLE = ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Network.loadingFailed")


@contextmanager
def opened(profile: Path) -> Iterator[Browser]:
    """Start a browser with a profile of its own, and end it afterwards."""
    assert PROGRAM
    # The browser reads from descriptor 3 and writes to 4.
    command = ["sh", "-c", 'exec "$@" 3<&0 4>&1 0</dev/null 1>&2', "sh", PROGRAM, *_FLAGS, f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with process:
        assert process.stdin
        assert process.stdout
        try:
            yield Browser(process.stdin, process.stdout)
        finally:
            process.terminate()


class Browser:
    """A browser with one page."""

    def __init__(self, to_browser: IO[bytes], from_browser: IO[bytes]) -> None:
        self._to, self._from = to_browser, from_browser
        self._unread = b""
        self._number = 0
        self._events: set[str] = set()
        self._session: str | None = None
        self.messages: list[str] = []
        """What was written to the console, and what failed to load."""
        page = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the result of a method of the protocol."""
        number = self._number = self._number + 1
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._to.write(json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != number:
            pass
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, address: str) -> None:
        """Open an address, and wait until it is loaded."""
        self._events.clear()
        self.call("Page.navigate", url=address)
        self._wait("Page.loadEventFired")

    def click(self, selector: str) -> str:
        """Click on the first element that a CSS selector finds, as a user does, and return the address it leads to."""
        self._events.clear()
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")
        self._wait("Page.loadEventFired", "Page.navigatedWithinDocument")
        return str(self.evaluate("location.href"))

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result["result"].get("value")

    def roles(self) -> list[tuple[str, str]]:
        """Return what a screen reader is told of the page: role and name, in order."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]

    def picture(self) -> bytes:
        """Return a picture of what is on the screen, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def resize(self, width: int, height: int = 800) -> None:
        """Give the page a screen of this size."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def printed(self) -> bytes:
        """Return the page as it is printed, as PDF."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _wait(self, *events: str) -> None:
        while self._events.isdisjoint(events):
            self._read()

    def _read(self) -> dict[str, Any]:
        """Return the next message, and keep what it tells of the page."""
        while b"\0" not in self._unread:
            data = self._from.read(1 << 20)
            assert data, "the browser has ended"
            self._unread += data
        line, self._unread = self._unread.split(b"\0", 1)
        received: dict[str, Any] = json.loads(line)
        event = received.get("method", "")
        self._events.add(event)
        if event in _TROUBLE:
            self.messages.append(json.dumps(received["params"]))
        return received
