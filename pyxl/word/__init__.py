"""The edge to Word: templates, and the documents made from them."""
