"""What a button does: the caller's book, an action, our own sheets; and what is said when it cannot."""
