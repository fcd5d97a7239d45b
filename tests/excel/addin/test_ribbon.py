from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import openxml_audit
import pytest
from lxml import etree

from pyxl.buttons import buttons, groups
from pyxl.excel.addin.gate.ribbon import ELEMENTS
from pyxl.excel.addin.images import IMAGES, TABS
from pyxl.excel.addin.ribbon import NAMESPACE, ribbon_xml
from pyxl.text import phrases

ROOT = Path(__file__).parents[3]
SCHEMA = "schemas_microsoft_com_office_2009_07_customui.json"


def ribbon():
    return etree.fromstring(ribbon_xml().encode())


def all_of(name):
    return list(ribbon().iter(f"{{{NAMESPACE}}}{name}"))


def test_the_committed_ribbon_is_that_of_the_table():
    assert (ROOT / "workbook" / "ribbon.xml").read_text(encoding="utf-8") == ribbon_xml()


def test_there_is_one_tab_after_the_first_of_excel():
    (tab,) = all_of("tab")
    assert dict(tab.attrib) == {
        "id": "pyxlTab",
        "label": "党支部工作",
        "insertAfterMso": "TabHome",
        "keytip": "DZ",
    }


def test_groups_and_buttons_stand_in_the_order_of_the_work():
    shown = [(group.get("label"), [button.get("label") for button in group]) for group in all_of("group")]
    assert shown == [
        ("台账", ["校验", "汇总"]),
        ("总结", ["预览总结", "生成总结"]),
        ("报送", ["上报", "收集"]),
        ("工具", ["清除标记", "检查模板", "诊断", "使用说明"]),
    ]
    assert shown == [(group.label, [button.label for button in group.buttons]) for group in groups()]


def test_each_button_says_what_the_table_says():
    shown = [dict(button.attrib) for button in all_of("button")]
    assert shown == [
        {
            "id": f"pyxl_{button.key}",
            "label": button.label,
            "size": "large" if button.large else "normal",
            "imageMso": button.image,
            "keytip": button.keytip,
            "onAction": f"PyxlRibbon.{button.callback}",
            "screentip": button.screentip,
            "supertip": button.supertip,
        }
        for button in buttons()
    ]


def test_what_is_done_daily_is_large_and_the_tools_are_not():
    sizes = {button.get("label"): button.get("size") for button in all_of("button")}
    assert [label for label, size in sizes.items() if size == "normal"] == ["清除标记", "检查模板", "诊断", "使用说明"]


def test_every_icon_is_one_of_excels_own_and_none_is_used_twice():
    images = [button.get("imageMso") for button in all_of("button")]
    assert set(images) <= IMAGES
    assert len(set(images)) == len(images) == 10
    assert phrases("ribbon", "tab")["after"] in TABS


def test_each_key_tip_leads_to_one_button():
    keys = [button.get("keytip") for button in all_of("button")]
    assert sorted(keys) == sorted(set(keys))
    assert all(re.fullmatch("[A-Z]", key) for key in keys)


@pytest.mark.parametrize("button", buttons(), ids=lambda button: button.key)
def test_the_tips_are_short_polite_and_chinese(button):
    for text in (button.label, button.screentip, button.supertip):
        assert not re.search("[A-Za-z]", text.replace("Word", "")), text
        assert not re.search("[!！,;:?]", text), text
    assert len(button.label) <= 4
    assert len(button.screentip) <= 20
    assert not button.screentip.endswith("。")
    assert button.supertip.endswith("。")
    assert len(button.supertip) <= 80


def test_what_the_gate_allows_is_in_microsofts_schema():
    folder = Path(openxml_audit.__file__).parent / "data" / "openxml" / "schemas"
    known = defaultdict(set)
    for kind in json.loads((folder / SCHEMA).read_text(encoding="utf-8"))["Types"]:
        name = re.split("[/:]", kind["Name"])[-1]
        known[name] |= {attribute["QName"].lstrip(":") for attribute in kind.get("Attributes", ())}
    for name, (_, attributes) in ELEMENTS.items():
        assert name in known
        assert set(attributes) <= known[name]
