"""The user's web browser: `ora` itself never goes to the net."""

from __future__ import annotations


def open_address(url: str) -> bool:
    """Open a web address in the browser, and return whether there is one to open it with."""
    import webbrowser

    return webbrowser.open(url)
