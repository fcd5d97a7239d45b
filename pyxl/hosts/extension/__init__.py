"""The extension of LibreOffice that stands in for the ribbon: a menu, a toolbar, and what a click on them does."""
