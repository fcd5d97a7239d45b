"""How does it read what became of a file, or of a unit that was expected?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pyxl.core.consolidation import Consolidation
from pyxl.core.legible import legible
from pyxl.core.received import Remark
from pyxl.core.standing import Standing, Status
from pyxl.core.submission import fingerprint, moment_text
from pyxl.text import dialog, phrase, phrases, table

__all__ = ["Told", "counts", "remark_text", "told", "told_to_unit"]

_KEYS = ("now", "before")  # parameters that are public keys
_NAMED, _MOST = 3, 8  # names, remarks
_LONGEST = 1000  # characters


class Told(NamedTuple):
    """One line as it is read."""

    status: str
    code: str
    unit: str
    file: str
    reason: str
    hint: str
    remarks: str
    made: str
    key: str


def told(each: Standing) -> Told:
    """A line in words."""
    reason, hint = _reason(each.reason, each.params or {})
    found = each.received
    texts = Told(
        status=phrase("collecting", "statuses", each.status),
        code=each.identity if each.identity != each.unit else "",
        unit=each.unit,
        file=each.file,
        reason=reason,
        hint=hint,
        remarks=phrase("words", "grammar", "semicolon").join(_remarks(each.remarks)),
        made=moment_text(found.made) if found else "",
        key=_compared(found.key) if found else "",
    )
    return Told(*map(_fitting, texts))


def _fitting(text: str) -> str:
    """A text that every cell can hold, whatever a stranger has written into his file."""
    return legible(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")


def _remarks(remarks: Sequence[Remark]) -> Iterator[str]:
    """As many as anybody reads."""
    yield from map(remark_text, remarks[:_MOST])
    if len(remarks) > _MOST:
        yield phrase("collecting", "standing", "more", count=len(remarks) - _MOST)


def _compared(key: str) -> str:
    """A public key in hexadecimal as people compare it; nothing for none."""
    return fingerprint(bytes.fromhex(key)) if key else ""


def _reason(reason: str, params: Mapping[str, Any]) -> tuple[str, str]:
    if not reason:
        return "", ""
    params = _in_words(params)
    own = table("collecting")["reasons"]
    if reason in own:
        return own[reason]["message"].format(**params), own[reason]["hint"].format(**params)
    sentence = dialog(reason, **params)
    return sentence.message, phrases("collecting", "file_hints").get(reason) or sentence.hint


def told_to_unit(each: Standing) -> tuple[str, str]:
    """A line as its unit is told it: the reason, and what it has to do."""
    reason, hint = _reason(each.reason, each.params or {})
    words = table("returning")
    own = {**words["mend"], **(words["mend_of_many"] if each.received and each.received.hands_on else {})}
    remedy = own[each.reason].format(**_in_words(each.params or {})) if each.reason in own else hint
    return _fitting(reason), _fitting(remedy)


def remark_text(remark: Remark) -> str:
    """A remark in words."""
    return phrases("collecting", "remarks")[remark.code].format(**_in_words(remark.params))


def _in_words(params: Mapping[str, Any]) -> dict[str, Any]:
    """Keys as people compare them; of several names the first ones, and how many there are."""
    texts = {name: _compared(value) for name, value in params.items() if name in _KEYS}
    texts |= {name: _several(value) for name, value in params.items() if isinstance(value, list | tuple)}
    return {**params, **texts}


def _several(names: Sequence[str]) -> str:
    text = phrase("words", "grammar", "separator").join(names[:_NAMED])
    return text if len(names) <= _NAMED else phrase("collecting", "standing", "some", names=text, count=len(names))


def counts(found: Consolidation, expected: int) -> str:
    """收到 18/20，退回 1，未报 1: what there is first, then what is not as it should be."""  # noqa: RUF002
    there = found.present if expected else len(found.of(Status.ACCEPTED))
    first = phrase("collecting", "counts", "of" if expected else "there", there=there, expected=expected)
    return phrase("collecting", "counts", "separator").join([first, *_others(found)])


def _others(found: Consolidation) -> Iterator[str]:
    for status in (Status.REJECTED, Status.MISSING, Status.OUTSIDE, Status.REPLACED):
        if number := len(found.of(status)):
            yield phrase("collecting", "counts", status, count=number)
