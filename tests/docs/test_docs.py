"""The documentation of commands and rules is what the program says."""

from __future__ import annotations

import pytest

from tools.docs import DOCS, PAGES


@pytest.mark.parametrize("name", list(PAGES))
def test_page_is_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run `python tools/docs.py`"
