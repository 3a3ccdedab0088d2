"""A city small enough to try run.py on."""
