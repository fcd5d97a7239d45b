"""Which Pythons can an ordinary user run, whatever folder the checkout and its environment are in?

Made from the system's Python without any network: an environment, and copies of what belongs in it.
"""

from __future__ import annotations

import shutil
from importlib import metadata
from pathlib import Path

from tests.live.click.person import PYTHON, Person

__all__ = ["LIBRARIES", "environment", "install", "with_pyxl", "with_standin"]

ROOT = Path(__file__).parents[3]
STANDIN = Path(__file__).with_name("standin.py")
# What a click on 校验 imports; a wheel brings more. All three run in any Python: what is in C there can be missed.
LIBRARIES = ("xlwings", "Jinja2", "MarkupSafe")

INSTALL = """
import sys
from pathlib import Path
from pyxl.installing.libreoffice import install_extension
install_extension(interpreter=Path(sys.argv[1]))
"""


def environment(person: Person, name: str) -> tuple[Path, Path]:
    """A new one of theirs: its interpreter, and the folder for its packages."""
    folder = person.home / name
    person.run([PYTHON, "-m", "venv", "--without-pip", folder])
    return folder / "bin" / "python", next(folder.glob("lib/python3*/site-packages"))


def with_standin(person: Person, name: str = "standin") -> Path:
    """An interpreter whose pyxl.ribbon only writes down how it was called."""
    python, packages = environment(person, name)
    package = packages / "pyxl"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(STANDIN, package / "ribbon.py")
    return python


def with_pyxl(person: Person, *libraries: str, name: str = "pyxl") -> Path:
    """An interpreter with this program, as a wheel would bring it, and with copies of these libraries."""
    python, packages = environment(person, name)
    shutil.copytree(ROOT / "pyxl", packages / "pyxl", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("templates", "workbook"):
        shutil.copytree(ROOT / folder, packages / "pyxl" / "_assets" / folder)
    for library in libraries:
        _copy(metadata.distribution(library), packages)
    return python


def install(person: Person, pyxl: Path, interpreter: Path) -> None:
    """Put the extension for an interpreter into somebody's LibreOffice, by the program that another one has."""
    person.run([pyxl, "-c", INSTALL, interpreter])


def _copy(library: metadata.Distribution, packages: Path) -> None:
    for file in library.files or ():
        source, target = Path(str(library.locate_file(file))), packages / file
        if ".." not in file.parts and source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
