"""What of xlwings' interface raises NotImplementedError here, and why?

What is in neither table works; a test compares them with xlwings. What xlwings defines with `async` is
for xlwings Lite only and counts nowhere. Some members that work refuse certain values, and say so.
"""

from __future__ import annotations

__all__ = ["CLASSES", "MEMBERS"]

_SMALL = "neither this program nor an ordinary script needs it"
_EXCEL = "Excel's own"
_UNKNOWN = "LibreOffice has nothing like it"

CLASSES = {  # whole classes of xlwings.base_classes
    "AutoFilter": _SMALL,
    "Border": _SMALL,
    "Borders": _SMALL,
    "Chart": _SMALL,
    "ChartAxis": _SMALL,
    "ChartLegend": _SMALL,
    "ChartSeries": _SMALL,
    "Charts": _SMALL,
    "Comment": _UNKNOWN,
    "CommentReply": _UNKNOWN,
    "ConditionalFormat": _SMALL,
    "ConditionalFormats": _SMALL,
    "DataValidation": _SMALL,
    "PageSetup": _SMALL,
    "Picture": _SMALL,
    "Pictures": _SMALL,
    "PivotField": _SMALL,
    "PivotFields": _SMALL,
    "PivotTable": _SMALL,
    "PivotTables": _SMALL,
    "PivotValueField": _SMALL,
    "PivotValueFields": _SMALL,
    "Shape": _SMALL,
    "TableColumn": _SMALL,
    "TableColumns": _SMALL,
    "TableRow": _SMALL,
    "TableRows": _SMALL,
}

MEMBERS = {  # of the classes that work
    "App.hwnd": _EXCEL,
    "App.path": _EXCEL,
    "App.run": "macros of a workbook are never run",
    "App.startup_path": _EXCEL,
    "App.xl": _EXCEL,
    "Apps.cleanup": _EXCEL,
    "Book.json": "for xlwings Server",
    "Book.to_pdf": _SMALL,
    "Range.add_comment": _UNKNOWN,
    "Range.adjust_indent": _SMALL,
    "Range.autofill": _SMALL,
    "Range.autofilter": _SMALL,
    "Range.borders": _SMALL,
    "Range.comment": _UNKNOWN,
    "Range.conditional_formats": _SMALL,
    "Range.copy_from": _SMALL,
    "Range.copy_picture": _SMALL,
    "Range.data_validation": _SMALL,
    "Range.find": _SMALL,
    "Range.formula2": "LibreOffice 7 has no formulas that spill",
    "Range.get_async_pipeline_overrides": "for xlwings Lite",
    "Range.get_special_cells": _SMALL,
    "Range.paste": "nothing goes through the clipboard",
    "Range.remove_duplicates": _SMALL,
    "Range.replace_all": _SMALL,
    "Range.set_colors": _SMALL,
    "Range.sort": _SMALL,
    "Range.to_pdf": _SMALL,
    "Range.to_png": _SMALL,
    "Sheet.charts": _SMALL,
    "Sheet.comments": _UNKNOWN,
    "Sheet.page_setup": _SMALL,
    "Sheet.pictures": _SMALL,
    "Sheet.shapes": _SMALL,
    "Sheet.show_gridlines": _SMALL,
    "Sheet.to_html": _SMALL,
    "Table.autofilter": _SMALL,
    "Table.columns": _SMALL,
    "Table.rows": _SMALL,
    "Table.show_table_style_column_stripes": _UNKNOWN,
    "Table.show_table_style_first_column": _UNKNOWN,
    "Table.show_table_style_last_column": _UNKNOWN,
    "Table.show_table_style_row_stripes": _UNKNOWN,
    "Table.sort": _SMALL,
    "Table.table_style": _UNKNOWN,
}
