"""portal is the resident's home: what do you need, my community, the doors to everything public, and search."""
