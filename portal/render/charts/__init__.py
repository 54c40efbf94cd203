"""Charts and maps drawn while the site is built: pictures that need no script, with the table of their numbers."""
