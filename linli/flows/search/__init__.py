"""search owns how a case is found by its words (检索): of its text, its place and its reference, by single characters too."""
