"""The list of what the engine does not do is complete, and says nothing else."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest
from xlwings import base_classes

from pyxl.hosts import libreoffice
from pyxl.hosts.libreoffice.guard import Guarded
from pyxl.hosts.libreoffice.unsupported import CLASSES, MEMBERS

HOME = "xlwings.base_classes"


def functions(member):
    """The functions behind a method or a property."""
    if isinstance(member, property):
        return [each for each in (member.fget, member.fset) if each is not None]
    member = getattr(member, "__func__", member)
    return [member] if inspect.isfunction(member) else []


def is_abstract(member):
    """Whether xlwings leaves it to the engine: it raises NotImplementedError, and not only in xlwings Lite."""
    found = functions(member)
    if any(inspect.iscoroutinefunction(each) for each in found):
        return False
    return any("NotImplementedError" in each.__code__.co_names for each in found)


def wanted():
    """Class → what an engine has to do for it."""
    classes = {name: kind for name, kind in vars(base_classes).items() if getattr(kind, "__module__", "") == HOME}
    found = {
        name: {key for key, member in vars(kind).items() if is_abstract(member)}
        for name, kind in classes.items()
        if inspect.isclass(kind)
    }
    found.pop("Collection")  # what it asks for is asked for again by what builds on it
    return {name: members for name, members in found.items() if members}


def ours():
    """Our classes."""
    modules = [module.name for module in pkgutil.iter_modules(libreoffice.__path__)]
    for name in modules:
        module = importlib.import_module(f"pyxl.hosts.libreoffice.{name}")
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__:
                yield kind


def implementations():
    """Class of xlwings → the class of ours that stands for it: the one that builds on most."""
    found = {}
    for kind in ours():
        for base in kind.__mro__:
            if base.__module__ == HOME and len(kind.__mro__) > len(getattr(found.get(base.__name__), "__mro__", ())):
                found[base.__name__] = kind
    return found


def test_every_member_is_implemented_or_listed():
    engine, missing, listed_in_vain = implementations(), [], []
    for name, members in wanted().items():
        for member in sorted(members) if name not in CLASSES else []:
            done = getattr(engine[name], member) is not getattr(getattr(base_classes, name), member)
            listed = f"{name}.{member}" in MEMBERS
            missing += [f"{name}.{member}"] if not done and not listed else []
            listed_in_vain += [f"{name}.{member}"] if done and listed else []
    assert (missing, listed_in_vain) == ([], [])


def test_what_is_listed_exists_in_xlwings():
    known = wanted()
    assert set(CLASSES) - set(known) == set()
    assert {each for each in MEMBERS if each.split(".")[1] not in known.get(each.split(".")[0], ())} == set()


def test_no_class_is_listed_that_stands_for_one_of_xlwings():
    assert set(CLASSES) & set(implementations()) == set()


def test_what_can_be_assigned_in_xlwings_can_be_assigned_here():
    engine, lost = implementations(), []
    for name, members in wanted().items():
        for member in members if name in engine else ():
            theirs = inspect.getattr_static(getattr(base_classes, name), member)
            mine = inspect.getattr_static(engine[name], member)
            if isinstance(theirs, property) and theirs.fset and isinstance(mine, property) and mine.fset is None:
                lost.append(f"{name}.{member}")
    assert lost == []


def test_every_class_of_the_engine_is_guarded():
    assert [kind.__name__ for kind in implementations().values() if not issubclass(kind, Guarded)] == []


@pytest.mark.live
def test_what_is_listed_raises_not_implemented(book):
    sheet = book.sheets[0]
    for action in (
        lambda: sheet.charts,
        lambda: sheet.pictures.add("a.png"),
        lambda: len(sheet.shapes),
        lambda: sheet.pivot_tables,
        lambda: sheet["A1"].formula2,
        sheet["A1"].paste,
        sheet["A1"].copy,
        lambda: sheet["A1"].borders.set(line_style="continuous"),
        book.macro("anything"),
        lambda: book.to_pdf("a.pdf"),
    ):
        with pytest.raises(NotImplementedError):
            action()
