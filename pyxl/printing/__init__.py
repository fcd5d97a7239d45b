"""How does a Word document become a PDF: by Word, WPS or LibreOffice, whichever is on this machine?"""
