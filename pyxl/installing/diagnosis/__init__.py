"""Finding out what is wrong with an installation, in words that can be sent to whoever helps."""
