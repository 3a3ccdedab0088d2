"""Commands of residents."""
