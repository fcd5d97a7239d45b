"""Putting the program where a user's spreadsheet finds it, taking it away, and finding out what is wrong."""
