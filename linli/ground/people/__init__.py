"""people owns persons and accounts, the residents' register, households and declared kinship, and the rights over personal data."""
