"""Kaishu: the machine that turns catalogue entries and data files into an open-data portal."""
