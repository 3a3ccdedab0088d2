"""The ground floor: who and where."""
