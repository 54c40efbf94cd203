"""Beside the build: the front that puts pages, query API and forms behind one address, and what starts and watches it.

Reads what the build published and what the service wrote for the public; imports neither.
"""
