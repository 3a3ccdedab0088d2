"""Bodies and posts: who stands where, who holds what."""
