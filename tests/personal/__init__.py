"""The labelled corpus of personal data, and what the scanner finds in it."""
