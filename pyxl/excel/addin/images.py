"""Which icons may a button show, so that Excel really has them?

No schema knows them: of a wrong id Excel shows nothing, and no file check notices. So these are only
ids that stand in both of Microsoft's own lists:

*   [MS-CUSTOMUI] 3.2 «imageMso Table»: the images that Office ships;
*   excelcontrols.xlsx of the repository OfficeDev/office-fluent-ui-command-identifiers at commit
    b230a0df45036b2d5e8b49ebf368b3f90ada8d63, in all six of its editions for Windows (Office 2013, 2016
    and 2019; Microsoft 365: Current, Monthly Enterprise and Semi-Annual Enterprise): Excel's controls.

The tab that ours follows is from the second list too.
"""

from __future__ import annotations

__all__ = ["IMAGES", "TABS"]

IMAGES = frozenset(
    {
        "AutoSum",
        "CalculateNow",
        "ClearAll",
        "ClearFormats",
        "Consolidate",
        "DataValidation",
        "DataValidationCircleInvalid",
        "DataValidationClearValidationCircles",
        "FileNew",
        "FileOpen",
        "FilePrint",
        "FilePrintPreview",
        "FileSave",
        "FileSaveAs",
        "FileSendAsAttachment",
        "FindDialogExcel",
        "Help",
        "MergeCells",
        "RefreshAll",
        "Spelling",
        "TraceError",
    }
)

TABS = frozenset({"TabHome"})
