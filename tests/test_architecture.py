"""The shape of the tree: sizes, names, where Chinese may stand, what start-up may load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pyxl"
TESTS = ROOT / "tests"
SOURCES = sorted(PACKAGE.rglob("*.py"))
OWN_TEXT = {".py", ".toml", ".md", ".txt", ".xml", ".bas", ""}

MAX_LINES = 350
MAX_FUNCTION = 40
# Words. Full-width punctuation in patterns is ruff's to judge (RUF001): code has to recognise it.
CHINESE = re.compile("[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
VAGUE_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|managers?|base|common|misc)(?:_|$)")
ROOT_ENTRIES = {"workbook", "pyxl", "templates", "tests", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"}
BESIDE_PACKAGES = {"bench", "live", "peer", "seed"}  # folders of tests that mirror no package
MACHINE_PATHS = re.compile(
    "|".join(["/wo" + "rk/", "/ro" + "ot/", "/tmp/ba" + "sh", "/ho" + "me/[a-z]", r"[A-Z]:\\Us" + "ers"])
)

on_every_source = pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())


def tracked() -> list[Path]:
    """The files of the project: what git knows or would add; where there is no git, what no tool left behind."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and not left_behind(path.relative_to(ROOT))]
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def left_behind(path: Path) -> bool:
    """Caches, environments and results: what .gitignore names."""
    hidden = path.parts[0].startswith(".") and path.parts[0] not in {".ci", ".gitignore", ".gitattributes"}
    return hidden or path.parts[0] == "pyxl-demo" or "__pycache__" in path.parts


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """String constants with their lines; docstrings are no constants, and f-strings come in parts."""
    root = tree(path)
    docstrings = {
        id(node.value) for node in ast.walk(root) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(root):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def exported(path: Path) -> list[str] | None:
    """The names in `__all__`; None when the module has none."""
    for node in tree(path).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return list(ast.literal_eval(node.value))
    return None


def defined(path: Path) -> set[str]:
    """The public classes, functions and constants that a module itself defines."""
    names: set[str] = set()
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
        elif isinstance(node, ast.Assign) and not is_type_variable(node.value):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name for name in names if not name.startswith("_")}


def is_type_variable(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in {"TypeVar", "ParamSpec"}
    )


def test_the_package_has_modules():
    assert len(SOURCES) > 20


@on_every_source
def test_no_module_is_longer_than_350_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@on_every_source
def test_no_function_is_longer_than_40_lines(path):
    long = [f"{node.name}:{node.lineno}" for node in functions(path) if node.end_lineno - node.lineno >= MAX_FUNCTION]
    assert long == []


@on_every_source
def test_chinese_stands_in_toml_not_in_code(path):
    found = [f"{line}: {text!r}" for line, text in strings(path) if CHINESE.search(text)]
    assert found == []


@on_every_source
def test_every_module_says_what_it_answers(path):
    assert ast.get_docstring(tree(path))


@on_every_source
def test_exports_are_sorted_and_exist(path):
    names = exported(path)
    if names is None:  # only a package that merely groups modules, or nothing public to name
        assert defined(path) == set()
        return
    assert names == sorted(names, key=export_order)
    assert defined(path) <= set(names)


def export_order(name: str) -> tuple[int, str]:
    """Constants, classes, functions, each by name, as ruff sorts them (RUF022)."""
    if name.isupper():
        return (0, name)
    return (1 if name[:1].isupper() else 2, name)


@on_every_source
def test_modules_are_named_by_what_they_hold(path):
    names = path.relative_to(PACKAGE).with_suffix("").parts
    assert [name for name in names if VAGUE_NAMES.search(name)] == []


def test_the_root_holds_only_its_fixed_entries():
    entries = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {entry for entry in entries if not entry.startswith(".")} <= ROOT_ENTRIES


def test_no_file_knows_the_machine_it_was_written_on():
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in OWN_TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


def test_tests_mirror_the_packages():
    packages = {path.parent.relative_to(PACKAGE).parts[0] for path in SOURCES if path.parent != PACKAGE}
    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and any(path.glob("**/*.py"))}
    assert folders - packages - BESIDE_PACKAGES == set()
    assert {package for package in packages if not (TESTS / package).is_dir()} == {"text"}  # text is data: read by all


def imported(path: Path) -> set[str]:
    """Every module and every name that a module imports, in full: xlwings, xlwings.pro."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@on_every_source
def test_nothing_is_imported_that_needs_a_licence_key(path):
    assert [name for name in imported(path) if name.startswith("xlwings.pro")] == []


def test_nothing_public_is_imported_by_a_private_name():
    """Modules ask each other for public names only."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {alias.name}"
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pyxl")
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.startswith("__")
    ]
    assert found == []


@pytest.mark.parametrize("module", ["pyxl.actions", "pyxl.cli.commands", "pyxl.cli.pages"])
def test_starting_up_loads_nothing_heavy(module):
    heavy = {"numpy", "pandas", "openpyxl", "xlwings", "docx", "docxtpl", "jinja2", "xlsxwriter", "rich", "lxml"}
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_probe_for_heavy_modules_can_fail():
    code = "import sys, docxtpl; print('docxtpl' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
