"""What is in the extension: the table of commands, in the files that LibreOffice reads."""

from __future__ import annotations

import ast
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import pyxl.hosts.extension
from pyxl import __version__
from pyxl.buttons import buttons, groups
from pyxl.errors import OutputError
from pyxl.hosts.extension.package import build_extension, extension_parts
from pyxl.text import dialog

OOR = "{http://openoffice.org/2001/registry}"
CALC = "com.sun.star.sheet.SpreadsheetDocument"
ENTRY = "pythonpath/pyxl_open_entry.py"
COMPONENT = Path(pyxl.hosts.extension.__file__).with_name("component.py")
INTERPRETER = Path("/opt/党支部 & 工具/bin/python")


@pytest.fixture(scope="module")
def parts():
    return extension_parts(INTERPRETER)


def node(root: ET.Element, *names: str) -> ET.Element:
    for name in names:
        [root] = [each for each in root.findall("node") if each.get(f"{OOR}name") == name]
    return root


def properties(element: ET.Element) -> dict[str, str]:
    return {each.get(f"{OOR}name"): each.findtext("value") for each in element.findall("prop")}


def in_order(element: ET.Element) -> list[dict[str, str]]:
    """The entries as LibreOffice sorts them: by the length of their names, then by the names."""
    entries = sorted(element.findall("node"), key=lambda each: (len(each.get(f"{OOR}name")), each.get(f"{OOR}name")))
    return [properties(each) for each in entries]


def expected(context: str) -> list[dict[str, str]]:
    """The commands with a line between their groups."""
    found: list[dict[str, str]] = []
    where = {"Context": context} if context else {}
    for group in groups():
        found += [{"URL": "private:separator", **where}] if found else []
        for each in group.buttons:
            found.append({"URL": f"org.pyxl.ribbon:{each.key}", "Title": each.label, "Target": "_self", **where})
    return found


def test_the_menu_holds_every_command_in_the_order_of_the_table(parts):
    root = ET.fromstring(parts["Addons.xcu"])
    menu = node(root, "AddonUI", "OfficeMenuBar", "org.pyxl.ribbon.menu")
    assert properties(menu) == {"Title": "党支部工作", "Target": "_self", "Context": CALC}
    assert in_order(node(menu, "Submenu")) == expected("")
    assert len(in_order(node(menu, "Submenu"))) == len(buttons()) + len(groups()) - 1


def test_the_toolbar_holds_the_same_and_stands_in_calc_only(parts):
    root = ET.fromstring(parts["Addons.xcu"])
    assert in_order(node(root, "AddonUI", "OfficeToolBar", "org.pyxl.ribbon.toolbar")) == expected(CALC)


def test_the_toolbar_bears_the_name_of_the_tab(parts):
    root = ET.fromstring(parts["CalcWindowState.xcu"])
    name = "private:resource/toolbar/addon_org.pyxl.ribbon.toolbar"
    state = properties(node(root, "UIElements", "States", name))
    assert (state["UIName"], state["Docked"], state["Visible"]) == ("党支部工作", "true", "true")


def test_the_component_takes_what_the_menu_sends(parts):
    root = ET.fromstring(parts["ProtocolHandler.xcu"])
    constants = {
        each.targets[0].id: each.value.value
        for each in ast.parse(parts["component.py"]).body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)
    }
    handler = node(root, "HandlerSet", constants["_IMPLEMENTATION"])
    assert properties(handler) == {"Protocols": constants["_PROTOCOL"] + "*"}
    assert constants["_PROTOCOL"] == "org.pyxl.ribbon:"


def test_the_manifest_names_what_libreoffice_has_to_load(parts):
    namespace = "{http://openoffice.org/2001/manifest}"
    entries = ET.fromstring(parts["META-INF/manifest.xml"]).findall(f"{namespace}file-entry")
    kinds = {each.get(f"{namespace}full-path"): each.get(f"{namespace}media-type") for each in entries}
    registry = [path for path, kind in kinds.items() if kind == "application/vnd.sun.star.configuration-data"]
    assert sorted(registry) == sorted(name for name in parts if name.endswith(".xcu"))
    assert kinds["component.py"] == "application/vnd.sun.star.uno-component;type=Python"
    assert kinds.keys() <= parts.keys()


def test_the_description_tells_who_we_are(parts):
    root = ET.fromstring(parts["description.xml"])
    space = "{http://openoffice.org/extensions/description/2006}"
    assert root.find(f"{space}identifier").get("value") == "org.pyxl.ribbon"
    assert root.find(f"{space}version").get("value") == __version__
    assert root.findtext(f"{space}display-name/{space}name") == "党支部工作"


def test_the_configuration_holds_the_command_line_and_the_sentences_in_ascii(parts):
    assert parts["config.json"].isascii()
    config = json.loads(parts["config.json"])
    assert config["interpreter"] == str(INTERPRETER)
    assert config["arguments"] == ["-X", "utf8", "-B", "-m", "pyxl.ribbon"]
    assert config["commands"] == [each.key for each in buttons()]
    told = dialog("extension_no_interpreter", interpreter=INTERPRETER, log="{log}")
    assert config["texts"]["no_interpreter"] == f"{told.message}\n\n{told.hint}"
    assert str(INTERPRETER) in told.message
    assert "{log}" in config["texts"]["not_started"]


def test_the_component_runs_in_an_older_python_of_its_own(parts):
    """ASCII; the grammar of 3.8; nothing imported but UNO, the standard library and what is in the extension."""
    assert parts["component.py"] == COMPONENT.read_bytes()
    assert imported(parts[ENTRY]) == {"__future__", "typing"}
    standard = {"__future__", "json", "os", "pathlib", "platform", "secrets", "subprocess", "tempfile", "threading"}
    standard |= {"time", "traceback", "typing", "urllib"}
    assert imported(parts["component.py"]) == standard | {"com", "uno", "unohelper", Path(ENTRY).stem}


def imported(source: bytes) -> set[str]:
    """The packages that a module imports; it must be one that LibreOffice's own Python can read."""
    assert source.isascii()
    tree = list(ast.walk(ast.parse(source, feature_version=(3, 8))))
    roots = {alias.name.partition(".")[0] for each in tree if isinstance(each, ast.Import) for alias in each.names}
    return roots | {each.module.partition(".")[0] for each in tree if isinstance(each, ast.ImportFrom)}


def test_the_component_never_asks_a_shell(parts):
    calls = [each for each in ast.walk(ast.parse(parts["component.py"])) if isinstance(each, ast.Call)]
    assert [each for each in calls if any(word.arg == "shell" for word in each.keywords)] == []
    assert [ast.unparse(each.func) for each in calls if "system" in ast.unparse(each.func)] == ["platform.system"]


def test_the_same_content_gives_the_same_bytes(tmp_path):
    first = build_extension(tmp_path / "a.oxt", INTERPRETER)
    second = build_extension(tmp_path / "b.oxt", INTERPRETER)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {name: archive.read(name) for name in archive.namelist()} == extension_parts(INTERPRETER)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(OutputError) as told:
        build_extension(tmp_path / "nowhere" / "a.oxt", INTERPRETER)
    assert told.value.code == "output_folder_missing"
