"""How does official Chinese number, join and end things?

Joining quoted items: GB/T 15834—2011, 4.5.3.5 (no enumeration comma between quoted items).
Numerals: GB/T 15835—2011 (Arabic for counts, Chinese for set phrases and ordinals).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from pyxl.core import seams
from pyxl.text import phrase, phrases

__all__ = [
    "and_quoted",
    "day_text",
    "end_of_month_text",
    "ended",
    "heading",
    "joined_items",
    "joined_phrases",
    "listed",
    "numbered",
    "numeral",
    "one_line",
    "ordinals",
    "percent",
    "printed",
    "residue",
    "sentence",
    "several",
    "unbroken",
]


_CHINESE = r"\u3400-\u9fff"  # for a character class


def _word(key: str) -> str:
    return phrase("words", "grammar", key)


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二, 105 → 一百零五; larger numbers than 999 stay in digits."""
    digits, ten, hundred = _word("numerals"), _word("ten"), _word("hundred")
    if not 0 <= number <= 999:
        return str(number)
    if number < 10:
        return digits[number]
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + hundred if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + ten
    elif hundreds and ones:
        text += digits[0]
    return text + (digits[ones] if ones else "")


def listed(items: Iterable[object]) -> str:
    """A、B、C; between titles in their own marks stands nothing: 《A》《B》 (GB/T 15834—2011, 4.5.3.5)."""
    closing, opening = tuple(_word("titles"))
    groups: list[str] = []
    for text in map(str, filter(None, items)):
        if groups and groups[-1].endswith(closing) and text.startswith(opening):
            groups[-1] += text
        else:
            groups.append(text)
    return seams.joined(_word("separator"), groups)


def and_quoted(items: Iterable[object]) -> str:
    """“A”; “A”和“B”; “A”“B”“C”. Within an item double quotation marks become single ones, and theirs double."""
    quoted = [_quoted(str(item)) for item in items if item]
    return _word("and").join(quoted) if len(quoted) == 2 else "".join(quoted)


def _quoted(text: str) -> str:
    opening, closing = _word("open_quote"), _word("close_quote")
    if opening in text or closing in text:
        outer, inner = opening + closing, _word("inner_quotes")
        text = text.translate(str.maketrans(outer + inner, inner + outer))
    return seams.sewn(f"{opening}{seams.inserted(text)}{closing}")


def several(items: Sequence[object] | int) -> str:
    """How many, before a noun: nothing for one, 两个 for two, 3个 for three."""
    number = items if isinstance(items, int) else len(items)
    if number < 2:
        return ""
    return (_word("two") if number == 2 else str(number)) + _word("each_measure")


def ordinals(numbers: Iterable[object]) -> str:
    """1, 2, 3 → 第一、第二、第三."""
    return listed(phrase("words", "grammar", "ordinal", numeral=numeral(int(str(number)))) for number in numbers)


def percent(ratio: float | None) -> str:
    """0.9583 → 95.83%, at most two decimals; nothing for a rate that cannot be computed."""
    return "" if ratio is None else f"{ratio * 100:.2f}".rstrip("0").rstrip(".") + "%"


def printed(value: Any) -> Any:
    """What stands in the text for a value, text or number: nobody ever reads Python there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return phrase("words", "yesno", "yes" if value else "no")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, list | tuple):
        return listed(printed(item) for item in value)
    return value


def day_text(day: date) -> str:
    """2023年6月5日: Arabic, without padding zeros (GB/T 9704—2012, 7.3.5.4)."""
    return phrase("words", "report", "day", year=day.year, month=day.month, day=day.day)


def end_of_month_text(day: date, *, last: bool) -> str:
    """6月底 for the last day of a month, else 6月15日."""
    return phrase("words", "report", "month_end" if last else "month_day", month=day.month, day=day.day)


def heading(level: int, number: int, title: str) -> str:
    """一、title or （一）title."""  # noqa: RUF002
    return phrase("words", "grammar", f"heading{level}", numeral=numeral(number)) + title


def numbered(number: int, body: str) -> str:
    """一是body."""
    return phrase("words", "grammar", "item", numeral=numeral(number)) + body


def ended(text: str) -> str:
    """The text with a full stop behind it, unless it ends a sentence (or opens a list) already."""
    text = text.rstrip()
    bare = text.rstrip(_word("closing"))
    if not text or bare.endswith(tuple(_word("ends"))):
        return text
    return text.rstrip(_word("weak_stops")) + _word("stop")


def sentence(text: str) -> str:
    """A piece of wording as it stands before the next: ended, unless its comma says that it goes on."""
    text = text.rstrip()
    return text if text.endswith(_word("comma")) else ended(text)


def joined_items(bodies: Sequence[str]) -> str:
    """一是…；二是…。 or, when any item holds a full stop, 一是…。二是…。; a single item is not numbered.

    A semicolon must not separate items that hold full stops or semicolons (GB/T 15834—2011, 4.6).
    """  # noqa: RUF002
    strippable = _word("weak_stops") + _word("stop") + _word("colon")
    bare = [body.rstrip().rstrip(strippable) for body in bodies if body.strip()]
    if len(bare) < 2:
        return ended("".join(bare))
    parts = [numbered(number, body) for number, body in enumerate(bare, 1)]
    if any(mark in body for body in bare for mark in _word("sentence_ends") + _word("semicolon")):
        return "".join(map(ended, parts))
    return ended(_word("semicolon").join(parts))


def joined_phrases(parts: Sequence[str], verbs: Iterable[str]) -> str:
    """Phrases joined by commas; neighbours with the same verb share it: 召开甲2次、乙6次，讲丙3次.

    A phrase that begins with 等 closes the one before it, and no comma stands between them.
    """  # noqa: RUF002
    verbs = tuple(verbs)
    text, last = "", None
    for part in parts:
        body = part.strip().strip(_word("weak_stops") + _word("stop"))
        if not body:
            continue
        verb = next((verb for verb in verbs if body.startswith(verb)), None)
        if not text:
            text = body
        elif verb and verb == last:
            text += _word("separator") + body.removeprefix(verb)
        elif body.startswith(_word("etc")):
            text += body
        else:
            text += _word("comma") + body
        last = verb
    return text


def one_line(text: str) -> str:
    """What was typed in several lines on one: a line that ends without a stop gets a comma before the next.

    Between Latin words stands a space; beside any sign, nothing.
    """
    if "\n" not in text:  # nearly always
        return text
    before = f"{_CHINESE}{re.escape(_word('closing'))}"
    number = r"\d{1,2}[.\uff0e\u3001\uff09)](?!\d)"  # of an item
    pause = rf"(?<=[{before}])\s*\n\s*(?=[{_CHINESE}]|{number})"
    return unbroken(re.sub(pause, _word("comma"), text))


def unbroken(text: str) -> str:
    """The text without its line breaks: a space for one between Latin words, nothing in Chinese."""
    if "\n" not in text:
        return text
    return re.sub(r"\s*\n\s*", "", re.sub(r"(?<=[!-~])\s*\n\s*(?=[!-~])", " ", text))


def residue(text: str) -> list[tuple[str, str]]:
    """What must not stand in a finished document: (what kind, the fragment), in order."""
    found = []
    for kind, pattern in phrases("words", "residue").items():
        found += [(kind, match[0]) for match in re.finditer(pattern, text)]
    return found
