"""Keys, seals, and whose key is known: who vouches for a submission?"""
