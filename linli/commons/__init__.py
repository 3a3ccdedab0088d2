"""The first floor: what every flow leans on."""
