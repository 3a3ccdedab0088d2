"""The top floor: what is seen across flows."""
