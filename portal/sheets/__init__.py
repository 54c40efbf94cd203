"""The catalogue as a workbook (目录编制表), for departments that write no YAML: out, and back without loss.

Entry ⇄ rows (rows) ⇄ cells (cells) ⇄ workbook (writer, reader); `layout` makes the sheets from the models alone, so
that a new key of an entry is a new column. `exporting` and `importing` are the two commands.
"""
