"""附件说明 and the marks of attachments: GB/T 9704—2012, 7.3.4 and 7.3.7."""

from __future__ import annotations

import pytest

from pyxl.core.attachments import attachments


@pytest.mark.parametrize(
    ("present", "note", "marks"),
    [
        ((), "", {}),
        (("sources",), "指标数据来源", {"sources": "附件"}),
        (("details",), "活动明细表", {"details": "附件"}),
        (("sources", "details"), "1.活动明细表\n2.指标数据来源", {"details": "附件1", "sources": "附件2"}),
        (
            ("photos", "units", "sources", "details"),
            "1.各单位情况\n2.活动明细表\n3.指标数据来源\n4.活动照片",
            {"units": "附件1", "details": "附件2", "sources": "附件3", "photos": "附件4"},
        ),
    ],
)
def test_several_are_numbered_in_their_order_and_a_single_one_is_not(present, note, marks):
    found = attachments(present)
    assert found["note"] == note
    assert {key: mark for key, mark in found.items() if mark and key != "note"} == marks
    assert set(found) == {"note", "units", "details", "sources", "photos"}
