"""What the service knows about its work: plain Python, no Django, no clock, no files."""
