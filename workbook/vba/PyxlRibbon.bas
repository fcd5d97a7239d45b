Attribute VB_Name = "PyxlRibbon"
Option Explicit
' Built by `pyxl build` from pyxl/text/ribbon.toml: change that, not this.
' One callback for each button of ribbon.xml; what the label says in Chinese is there.

Public Sub OnCheck(control As IRibbonControl)
    PyxlRun "check", True
End Sub

Public Sub OnTotals(control As IRibbonControl)
    PyxlRun "totals", True
End Sub

Public Sub OnPreview(control As IRibbonControl)
    PyxlRun "preview", True
End Sub

Public Sub OnReport(control As IRibbonControl)
    PyxlRun "report", True
End Sub

Public Sub OnSubmit(control As IRibbonControl)
    PyxlRun "submit", True
End Sub

Public Sub OnCollect(control As IRibbonControl)
    PyxlRun "collect", False
End Sub

Public Sub OnClear(control As IRibbonControl)
    PyxlRun "clear", True
End Sub

Public Sub OnTemplate(control As IRibbonControl)
    PyxlRun "template", False
End Sub

Public Sub OnDoctor(control As IRibbonControl)
    PyxlRun "doctor", False
End Sub

Public Sub OnGuide(control As IRibbonControl)
    PyxlRun "guide", False
End Sub
