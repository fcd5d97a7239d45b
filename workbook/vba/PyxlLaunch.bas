Attribute VB_Name = "PyxlLaunch"
Option Explicit
' What a click does: it starts the installed program and tells it which book stands in front.
' Of a workbook nothing is read but its name, so a book that came by mail cannot choose what runs.
' No Windows API is declared. ASCII only: the sentences in Chinese are in PyxlSentences.

' Given to Windows as it stands: Windows puts the folder in place of the variable, also where the
' user's name has characters that VBA's own Environ and Dir would lose.
Private Const PYXL_PROGRAM As String = "%LOCALAPPDATA%\pyxl\python\pythonw.exe"

' Runs the command "action" and waits for it. The program shows its own results and refusals, and then
' ends with 0, 2 or 3. Any other end is not its own, and nobody has said anything yet: with 1 ends an
' interpreter that cannot find the program, for one.
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
    ' pythonw has no window. Started as hidden (0), it could not even show a box: Windows hides the first
    ' window of such a program, and Excel would wait for an answer to what nobody sees.
    outcome = wsh.Run(PyxlCommandLine(action, book), 1, True)  ' 1: as usual; True: wait
    If outcome = 0 Or outcome = 2 Or outcome = 3 Then Exit Sub
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
