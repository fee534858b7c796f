"""Whatever is saved is loaded as it was, and what stood in the file beside it still stands there."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aidx_assistant.setting_values import THEMES
from aidx_assistant.settings import load_settings
from aidx_assistant.settings_file import save_settings

TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "model": TEXTS.filter(bool),
        "theme": st.sampled_from(["", *THEMES]),
        "base_url": st.builds("https://example.org/{}".format, TEXTS),
        "offline": st.booleans(),
        "token_budget": st.integers(200, 500_000),
        "connect_timeout": st.floats(0.1, 600),
    },
)
FILES = st.sampled_from(
    [
        "",
        "# only a comment",
        "model = 'm' # mine",
        'offline = true\n\n\n# below\n"token_budget" = 4_000 # as a quoted key\n',
        "prices.a = {input = 1, output = 2} # dotted\ntheme = 'nord'\n",
        'model = "m"\nbase_url = """\nhttp://x/#"""\n# first\n[prices.a]\ninput = 1\noutput = 2\n',
        "[prices.a] # first table\ninput = 1\noutput = 2\n\n# last words\n",
        'base_url = """\nhttp://l\\\n"""\n[prices]\n[prices.a]\ninput = 1\noutput = 2\n[prices.b]\ninput = 1\noutput=2',
    ]
)


@settings(max_examples=50, deadline=None)
@given(FILES, CHANGES, CHANGES)
def test_saved_settings_load_back(content: str, first: dict[str, Any], second: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        file = home / "config.toml"
        file.write_text(content, encoding="utf-8")
        before = load_settings(home=home)
        save_settings(first, home)
        save_settings(second, home)
        after = load_settings(home=home)
        for name in before.__slots__:
            expected = {**first, **second}.get(name, getattr(before, name))
            assert getattr(after, name) == expected
        kept = file.read_text(encoding="utf-8")
        comments = [line.partition("#")[2] for line in content.splitlines() if "#" in line and '"' not in line]
        assert all(f"#{comment}" in kept for comment in comments)
