"""Measurements on a disposable city, as requests per second and as a ratio to a bare one-row insert on the same server."""
