Attribute VB_Name = "PyxlLaunch"
Option Explicit
' What a click does: it starts the installed program and tells it which book stands in front.
' Of a workbook nothing is read but its name, so a book that came by mail cannot choose what runs.
' No Windows API is declared. ASCII only: the sentences in Chinese are in PyxlSentences.

' Given to Windows as it stands: Windows puts the folder in place of the variable, also where the
' user's name has characters that VBA's own Environ and Dir would lose.
Private Const PYXL_PROGRAM As String = "%LOCALAPPDATA%\pyxl\python\pythonw.exe"

' Runs the command "action" and waits for it. The program shows its own results and refusals and ends
' with 0 to 3; only what it cannot say, because it did not run or not to its end, is said here.
Public Sub PyxlRun(ByVal action As String, ByVal needsBook As Boolean)
    Dim wsh As Object
    Dim book As String
    Dim outcome As Long
    On Error GoTo CouldNotRun
    If Not Application.ActiveProtectedViewWindow Is Nothing Then
        If needsBook Then
            PyxlTell PyxlSentenceProtectedView()
            Exit Sub
        End If
    ElseIf Not ActiveWorkbook Is Nothing Then
        book = ActiveWorkbook.Name
    ElseIf needsBook Then
        PyxlTell PyxlSentenceNoBook()
        Exit Sub
    End If
    Set wsh = CreateObject("WScript.Shell")
    If Not CreateObject("Scripting.FileSystemObject").FileExists(wsh.ExpandEnvironmentStrings(PYXL_PROGRAM)) Then
        PyxlTell PyxlSentenceNotInstalled()
        Exit Sub
    End If
    outcome = wsh.Run(PyxlCommandLine(action, book), 0, True)  ' 0: no window; True: wait
    If outcome >= 0 And outcome <= 3 Then Exit Sub
CouldNotRun:
    PyxlTell PyxlSentenceCouldNotRun()
End Sub

' A % in the name is written %25, because Windows would take %a% for a variable; the program turns it
' back. A quote cannot occur in a file name.
Public Function PyxlCommandLine(ByVal action As String, ByVal book As String) As String
    PyxlCommandLine = PyxlQuoted(PYXL_PROGRAM) & " -X utf8 -B -m pyxl.ribbon " & action & " " & _
        PyxlQuoted("--wb=" & Replace(book, "%", "%25")) & " --from_xl=1 --hwnd=" & CStr(Application.Hwnd)
End Function

Private Function PyxlQuoted(ByVal text As String) As String
    PyxlQuoted = Chr(34) & text & Chr(34)
End Function

Private Sub PyxlTell(ByVal sentence As String)
    MsgBox sentence, vbExclamation, PyxlSentenceTitle()
End Sub
