"""Doors of the register, of lists, and of one's own data."""
