"""The doors of the catalogue: reading it, keeping it."""
