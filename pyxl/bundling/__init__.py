"""Packing everything that a Windows machine without Python needs into one zip file."""
