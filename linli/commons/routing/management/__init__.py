"""Commands of the routing."""
