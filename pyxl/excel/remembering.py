"""How is not thought over twice what is asked again and again: the same short texts, in file after file?"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

__all__ = ["remembered"]

_LONG = 100  # characters; longer texts hardly recur, and a foreign file could fill the memory with them
_MOST = 4096

_Answer = TypeVar("_Answer")


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """The function, with its answers for short texts kept."""
    known = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def answer(text: str) -> _Answer:
        return known(text) if len(text) <= _LONG else function(text)

    return answer
