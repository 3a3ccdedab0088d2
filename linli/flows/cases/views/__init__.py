"""The doors of cases for people: the pages, and one address for each step."""
