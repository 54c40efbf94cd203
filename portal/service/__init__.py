"""The form service: what people send is stored durably, gets a due date, and can be looked up by its sender.

Beside the pipeline, never part of it: it reads the published catalogue and writes only below var/.
Reading order: domain/ (states, terms, codes; no Django), models.py, receive.py (the one way in), views/, desk.py.
"""
