"""Which attachments does a document have, how is each marked, and what does the note below the text say of them?

GB/T 9704—2012, 7.3.4 and 7.3.7: several are numbered, and each bears its number on its first line; a single
one is not numbered.
"""

from __future__ import annotations

from collections.abc import Sequence

from pyxl.text import phrase, phrases

__all__ = ["attachments"]

_NOTE = "note"


def attachments(present: Sequence[str]) -> dict[str, str]:
    """Key of each possible attachment → its mark, "" for those not `present`; and under "note" what the note says.

    Keys are those of words.toml [attachments], which also gives the order.
    """
    names = phrases("words", "attachments")
    there = [key for key in names if key in present]
    mark = phrase("words", "attachment", "mark")
    if len(there) == 1:
        marks, lines = {there[0]: mark}, [names[there[0]]]
    else:
        marks = {key: f"{mark}{number}" for number, key in enumerate(there, 1)}
        lines = [phrase("words", "attachment", "line", number=n, name=names[key]) for n, key in enumerate(there, 1)]
    return {key: marks.get(key, "") for key in names} | {_NOTE: "\n".join(lines)}
