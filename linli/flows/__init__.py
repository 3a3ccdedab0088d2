"""The second floor: what the city does, one app for one mechanism."""
