"""The forms: one module each, on fields.py, whose messages say what to do in plain Chinese."""
