"""Settings and the maps of addresses."""
