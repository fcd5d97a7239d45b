"""How is a frozen dataclass made at a quarter of its price?

`@dataclass(frozen=True)` compiles six methods for each class, half a millisecond; sixty classes would
take a quarter of the time of `pyxl check`. Here only `__init__` is compiled; comparing, hashing and
printing are shared. That nothing is assigned afterwards is what mypy sees to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

__all__ = ["record"]

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[_Class]) -> type[_Class]:
    """A class whose instances are frozen values: `field`, `fields` and `replace` of dataclasses work on it."""
    made = dataclass(eq=False, repr=False)(kind)
    for method in (__eq__, __hash__, __repr__):
        setattr(made, method.__name__, method)
    return made


def _compared(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self) if each.compare]


def __eq__(self: Any, other: object) -> bool:  # noqa: N807 - a method, given to every record
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self is other or _compared(self) == _compared(other)


def __hash__(self: Any) -> int:  # noqa: N807
    return hash(tuple(_compared(self)))


def __repr__(self: Any) -> str:  # noqa: N807
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({shown})"
