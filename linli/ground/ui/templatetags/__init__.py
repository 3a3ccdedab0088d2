"""Filters and tags that every template knows."""
