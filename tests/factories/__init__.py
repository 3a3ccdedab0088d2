"""What the small cities of the tests are made of: places, people in posts, browsers."""
