"""How does what a cell says meet the wording around it? No sign, no verb and no phrase stands there twice.

A text that goes into wording has its first verb and its closing signs marked; once what is around it
is known, the marked part goes where the wording says the same itself. The cell stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pyxl.core import marks
from pyxl.text import phrase

__all__ = ["bare", "inserted", "joined", "once", "sewn"]

_VERB, _END = "\x01", "\x02"  # reading lets no such character through, so no cell holds one
# What a value ends with and the wording says again: so many Chinese characters are no chance.
_SAID_AGAIN = re.compile(rf"([\u3400-\u9fff]{{3,20}})({marks.CLOSE}+)\1")


def inserted(value: Any) -> Any:
    """A value on its way into wording: its first verb and its closing signs marked, if it is text that has them."""
    if not isinstance(value, str):
        return value
    body = bare(value)
    if body != value:
        value = f"{body}{_END}{value[len(body) :]}{_END}"
    verb = _verbs().match(value)
    return f"{_VERB}{verb[0]}{_VERB}{value[verb.end() :]}" if verb else value


def sewn(text: str) -> str:
    """Finished wording: marked signs gone before a sign, marked verbs behind the same verb, and what is said again.

    局党委的坚强领导下, before wording that goes on 的坚强领导下, is followed by what comes behind that.
    """
    if _END in text:
        text = _before_a_sign().sub("", text).replace(_END, "")
    if _VERB in text:
        text = _said_before().sub(r"\1\3", text).replace(_VERB, "")
    if marks.CLOSE in text:
        text = _SAID_AGAIN.sub(r"\1\2", text)
    return text


def joined(sign: str, items: Iterable[object]) -> str:
    """Items with a sign between them; none ends with signs of its own, nor does the last: 等 may follow."""
    return sign.join(bare(str(item)) for item in items)


def once(items: Iterable[object]) -> list[object]:
    """Items without those that say what one before them says, with a verb before it or a sign behind it.

    The very same twice stays: two people may have one name.
    """
    kept: dict[str, str] = {}
    found = []
    for item in items:
        verb = _verbs().match(text := str(item))
        core = bare(text[verb.end() :] if verb else text) or text
        if kept.setdefault(core, text) == text:
            found.append(item)
    return found


def bare(text: str) -> str:
    """A text without its closing signs; one that is nothing else stays, for somebody to see it."""
    return text.rstrip(_closing()) or text


@cache
def _closing() -> str:
    return _signs("weak_stops", "stop") + " \t\n\u3000"


@cache
def _before_a_sign() -> re.Pattern[str]:
    signs = _signs("weak_stops", "stop", "colon", "sentence_ends", "closing")
    return re.compile(f"{_END}[^{_END}]*{_END}(?={marks.ANY}*[{re.escape(signs)}])")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(phrase("words", "wording", "verbs"))


@cache
def _said_before() -> re.Pattern[str]:
    particle = phrase("words", "wording", "particle")
    return re.compile(rf"((\w{{2,4}})(?:{particle})?)({marks.ANY}*){_VERB}\2{_VERB}")


def _signs(*keys: str) -> str:
    return "".join(phrase("words", "grammar", key) for key in keys)
