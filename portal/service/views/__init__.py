"""Request handlers: one module a page."""
