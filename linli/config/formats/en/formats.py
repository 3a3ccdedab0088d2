"""Days as the pages write them everywhere: 1 Dec 2026."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"
