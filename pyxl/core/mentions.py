"""Which people of the roster are named in free text that goes up?

Names in columns of their own are replaced by others on their way; of what somebody has written in a sentence
only he can say whether a name belongs there. So it is told, and keeps nothing back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyxl.catalogue.model import Catalogue
from pyxl.core.ledger import Ledger, Value
from pyxl.core.place import CellRef
from pyxl.core.travelling import NAMES, REGISTER, going
from pyxl.core.validation import Validation

__all__ = ["Mention", "mentions"]

_SHORTEST = 2  # characters; a single one stands in any text
_NOTE = re.compile(r"[（(].*")  # noqa: RUF001 - in brackets: what tells two of one name apart
_INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class Mention(NamedTuple):
    """A cell that goes up, and whose names stand in it."""

    where: CellRef
    label: str  # of its column, or of the field of the cover
    names: tuple[str, ...]


def mentions(ledger: Ledger, validation: Validation, catalogue: Catalogue) -> tuple[Mention, ...]:
    """The cells in the order of the sheets; none of a ledger of many units, whose roster has no names any more."""
    names = {_bare(_NOTE.sub("", name)): name for name in ledger.members}
    known = {bare: name for bare, name in names.items() if len(bare) >= _SHORTEST}
    if not known or REGISTER in catalogue.by_key:
        return ()
    longest_first = sorted(known, key=len, reverse=True)  # 王伟国 is not 王伟
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    found = (
        Mention(where, label, tuple(dict.fromkeys(known[bare] for text in texts for bare in pattern.findall(text))))
        for where, label, texts in _cells(ledger, validation, catalogue)
    )
    return tuple(each for each in found if each.names)


def _cells(
    ledger: Ledger, validation: Validation, catalogue: Catalogue
) -> Iterator[tuple[CellRef, str, tuple[str, ...]]]:
    """Place, label and bare texts of each text cell that goes up as it is."""
    for field in catalogue.cover:
        where = ledger.cover_places.get(field.key)
        if not field.private and where and (texts := _texts(ledger.cover.get(field.key))):
            yield where, field.label, texts
    for activity in catalogue.activities:
        columns = [each for each in activity.columns if not each.private and each.type not in NAMES]
        for row in going(activity, validation):
            for column in columns:
                if texts := _texts(row.get(column.key)):
                    yield row.at(column.key), column.label, texts


def _texts(value: Value) -> tuple[str, ...]:
    items: Iterable[str] = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    return tuple(map(_bare, items))


def _bare(text: str) -> str:
    """Without spaces and what cannot be seen, in which two spellings of a name differ."""
    whole = text if text.isalnum() else unicodedata.normalize("NFKC", text)
    return whole if whole.isalnum() else "".join(sign for sign in whole if unicodedata.category(sign) not in _INVISIBLE)
