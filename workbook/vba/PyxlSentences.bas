Attribute VB_Name = "PyxlSentences"
Option Explicit
' Built by `pyxl build` from pyxl/text/ribbon.toml, [launcher]: change that, not this.
' The sentences that Excel itself has to say, by character, because a module is stored in a code page.

Public Function PyxlSentenceTitle() As String
    PyxlSentenceTitle = ChrW(&H515A) & ChrW(&H652F) & ChrW(&H90E8) & ChrW(&H5DE5) & ChrW(&H4F5C)
End Function

Public Function PyxlSentenceNoBook() As String
    PyxlSentenceNoBook = ChrW(&H8BF7) & ChrW(&H5148) & ChrW(&H6253) & ChrW(&H5F00) & ChrW(&H53F0) & ChrW(&H8D26) & _
        ChrW(&HFF0C) & ChrW(&H518D) & ChrW(&H70B9) & ChrW(&H8FD9) & ChrW(&H4E2A) & ChrW(&H6309) & _
        ChrW(&H94AE) & ChrW(&H3002)
End Function

Public Function PyxlSentenceProtectedView() As String
    PyxlSentenceProtectedView = ChrW(&H8FD9) & ChrW(&H4E2A) & ChrW(&H6587) & ChrW(&H4EF6) & ChrW(&H5728) & ChrW(&H53D7) & _
        ChrW(&H4FDD) & ChrW(&H62A4) & ChrW(&H7684) & ChrW(&H89C6) & ChrW(&H56FE) & ChrW(&H91CC) & _
        ChrW(&HFF0C) & ChrW(&H8FD8) & ChrW(&H4E0D) & ChrW(&H80FD) & ChrW(&H8BFB) & ChrW(&H53D6) & _
        ChrW(&H3002) & ChrW(&H8BF7) & ChrW(&H5148) & ChrW(&H70B9) & ChrW(&H4E0A) & ChrW(&H65B9) & _
        ChrW(&H7684) & ChrW(&H201C) & ChrW(&H542F) & ChrW(&H7528) & ChrW(&H7F16) & ChrW(&H8F91) & _
        ChrW(&H201D) & ChrW(&HFF0C) & ChrW(&H518D) & ChrW(&H70B9) & ChrW(&H8FD9) & ChrW(&H4E2A) & _
        ChrW(&H6309) & ChrW(&H94AE) & ChrW(&H3002)
End Function

Public Function PyxlSentenceNotInstalled() As String
    PyxlSentenceNotInstalled = ChrW(&H6CA1) & ChrW(&H6709) & ChrW(&H627E) & ChrW(&H5230) & ChrW(&H201C) & ChrW(&H515A) & _
        ChrW(&H652F) & ChrW(&H90E8) & ChrW(&H5DE5) & ChrW(&H4F5C) & ChrW(&H201D) & ChrW(&H7684) & _
        ChrW(&H7A0B) & ChrW(&H5E8F) & ChrW(&HFF0C) & ChrW(&H53EF) & ChrW(&H80FD) & ChrW(&H6CA1) & _
        ChrW(&H6709) & ChrW(&H5B89) & ChrW(&H88C5) & ChrW(&HFF0C) & ChrW(&H6216) & ChrW(&H8005) & _
        ChrW(&H88AB) & ChrW(&H79FB) & ChrW(&H8D70) & ChrW(&H4E86) & ChrW(&H3002) & ChrW(&H8BF7) & _
        ChrW(&H91CD) & ChrW(&H65B0) & ChrW(&H8FD0) & ChrW(&H884C) & ChrW(&H5B89) & ChrW(&H88C5) & _
        ChrW(&H5305) & ChrW(&H91CC) & ChrW(&H7684) & ChrW(&H201C) & ChrW(&H5B89) & ChrW(&H88C5) & _
        ChrW(&H201D) & ChrW(&H3002)
End Function

Public Function PyxlSentenceCouldNotRun() As String
    PyxlSentenceCouldNotRun = ChrW(&H7A0B) & ChrW(&H5E8F) & ChrW(&H6CA1) & ChrW(&H80FD) & ChrW(&H542F) & ChrW(&H52A8) & _
        ChrW(&H6216) & ChrW(&H6CA1) & ChrW(&H6709) & ChrW(&H8FD0) & ChrW(&H884C) & ChrW(&H5B8C) & _
        ChrW(&HFF0C) & ChrW(&H60A8) & ChrW(&H586B) & ChrW(&H7684) & ChrW(&H5185) & ChrW(&H5BB9) & _
        ChrW(&H6CA1) & ChrW(&H6709) & ChrW(&H6539) & ChrW(&H52A8) & ChrW(&H3002) & ChrW(&H8BF7) & _
        ChrW(&H518D) & ChrW(&H70B9) & ChrW(&H4E00) & ChrW(&H6B21) & ChrW(&HFF1B) & ChrW(&H8FD8) & _
        ChrW(&H662F) & ChrW(&H4E0D) & ChrW(&H884C) & ChrW(&HFF0C) & ChrW(&H8BF7) & ChrW(&H8FD0) & _
        ChrW(&H884C) & ChrW(&H5B89) & ChrW(&H88C5) & ChrW(&H5305) & ChrW(&H91CC) & ChrW(&H7684) & _
        ChrW(&H201C) & ChrW(&H8BCA) & ChrW(&H65AD) & ChrW(&H201D) & ChrW(&HFF0C) & ChrW(&H518D) & _
        ChrW(&H91CD) & ChrW(&H65B0) & ChrW(&H201C) & ChrW(&H5B89) & ChrW(&H88C5) & ChrW(&H201D) & _
        ChrW(&H3002)
End Function
