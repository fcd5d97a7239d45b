"""Where do the ribbon and the VBA come from, and what keeps a broken one from being shipped?"""
