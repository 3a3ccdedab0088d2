"""The doors of cases: taking needs in, and the matters that are there."""
