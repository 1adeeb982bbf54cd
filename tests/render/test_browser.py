"""A site in a real browser; all of it in one test, because a browser takes long to start."""

from __future__ import annotations

from pathlib import Path

import browser
import pytest
from conftest import ora_here

WIDTHS = (390, 1280)


@pytest.mark.skipif(browser.PROGRAM is None, reason="chromium is not installed")
def test_site_works_in_a_browser(small: Path, tmp_path: Path) -> None:
    """It fits a phone, its links lead on, a screen reader finds what it looks for, and nothing is complained of."""
    folder = tmp_path / "site"
    assert ora_here("export", "--format", "html", "--to", folder, "--articles", small).code == 0
    with browser.opened(tmp_path / "profile") as page:
        page.open((folder / "index.html").as_uri())
        assert ("navigation", "Categories") in page.roles()
        assert page.click(".contents a").endswith("index.html#clay-masks")
        assert page.click("#clay-masks ~ ul a").endswith("/clay-mask-time.html")
        roles = page.roles()
        for found in (
            ("heading", "How long does a clay mask stay on?"),
            ("heading", "Short answer"),
            ("region", "Urgent"),
            ("region", "Sources"),
            ("link", "A guide to clay."),
            ("link", "Source 1"),
            ("link", "Skip to the text"),
            ("navigation", "See also"),
        ):
            assert found in roles
        assert {role for role, _ in roles} >= {"banner", "main", "contentinfo"}
        for width in WIDTHS:
            page.resize(width)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"too wide for {width}"
        assert page.click(".mark").endswith("#clay-mask-time-source-1")
        assert page.click("nav[aria-labelledby] a").endswith("/clay-mask-itch.html")
        assert page.click("header a").endswith("/index.html")
        assert page.printed().startswith(b"%PDF")
        assert page.messages == []
