"""A small city with one dataset of every kind that pages must bear, for the tests of pages."""
