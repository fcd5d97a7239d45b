"""One table of buttons, and a function for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyxl.ribbon
from pyxl.buttons import buttons
from pyxl.ribbon import commands
from pyxl.ribbon.caller import HEAVY
from pyxl.text import table

ROOT = Path(__file__).parents[2]
KEYS = [button.key for button in buttons()]


def test_every_button_has_a_function_of_its_name_and_every_function_a_button():
    assert sorted(commands.__all__) == sorted(KEYS)
    assert set(pyxl.ribbon.__all__) == {*KEYS, "main"}
    for key in KEYS:
        assert getattr(pyxl.ribbon, key) is getattr(commands, key)


def test_starting_loads_neither_xlwings_nor_anything_that_only_one_button_needs():
    code = "import sys, pyxl.ribbon; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "pyxl.ribbon.boundary" in loaded
    assert {
        *HEAVY,
        "xlwings",
        "uno",
        "jinja2",
        "xlsxwriter",
        "pyxl.catalogue.loader",
        "pyxl.excel.live",
    } & loaded == set()


def test_every_sentence_of_the_buttons_is_said_somewhere():
    """No sentence without a place that says it: keys stand as words in the code."""
    own = [*(ROOT / "pyxl" / "ribbon").glob("*.py"), *(ROOT / "pyxl" / "excel" / "live").rglob("*.py")]
    sources = [*own, ROOT / "pyxl" / "failure_log.py"]  # that says a fault in their words
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    keys = [key for group in table("live").values() for key in group]
    assert [key for key in keys if f'"{key.removesuffix("_next")}"' not in code] == []


def test_sentences_are_short_polite_and_without_exclamation_marks():
    said = [text for group in table("live").values() for text in group.values()]
    assert [text for text in said if "!" in text or "！" in text or len(text) > 60] == []
