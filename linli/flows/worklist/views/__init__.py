"""The doors of the work list for people."""
