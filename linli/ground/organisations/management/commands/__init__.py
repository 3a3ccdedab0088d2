"""Commands of the organisations."""
