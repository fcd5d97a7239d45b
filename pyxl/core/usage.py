"""Which words and signs in a text does official writing have otherwise? Told, never changed: they were typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pyxl.text import phrase, phrases

__all__ = ["Lapse", "lapses"]

_SIGNS = frozenset({"usage_half_width", "usage_gap"})
_SHOWN = 4  # characters on either side of a sign
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


class Lapse(NamedTuple):
    """Something to say about a text: a code of issues.toml, what stands there, and how it should read."""

    code: str
    fragment: str
    shown: str  # the fragment, a mere sign with what stands around it
    proposal: str


def lapses(text: str) -> Iterator[Lapse]:
    """Every lapse in a text, by words.toml [usage]."""
    for code, pattern in phrases("words", "usage").items():
        for match in re.finditer(pattern, text):
            around = _SHOWN if code in _SIGNS else 0
            shown = text[max(0, match.start() - around) : match.end() + around]
            yield Lapse(code, match[0], shown, _PROPOSALS[code](match[0]))


def _word(key: str) -> str:
    return phrase("words", "usage_words", key)


def _two(fragment: str) -> str:
    return _word("two") + fragment[1:]


def _as_of(_: str) -> str:
    return _word("as_of")


def _since(fragment: str) -> str:
    return fragment.removesuffix(_word("since"))


def _date(fragment: str) -> str:
    return re.sub(r"(?<!\d)0(?=[1-9])", "", fragment)


def _half_width(fragment: str) -> str:
    return fragment.translate(_HALF_WIDTH)


def _number(fragment: str) -> str:
    return re.sub(r"^.(\d+). *", lambda year: _word("year").format(year=year[1]), fragment)


# Where there is nothing to propose, a person has to say it otherwise.
_PROPOSALS: dict[str, Callable[[str], str]] = {
    "usage_fixed": _two,
    "usage_as_of": _as_of,
    "usage_since": _since,
    "usage_etc": str,
    "usage_twice": str,
    "usage_two": _two,
    "usage_date": _date,
    "usage_half_width": str,
    "usage_full_width": _half_width,
    "usage_gap": str.strip,
    "usage_decimals": str,
    "usage_number": _number,
}
