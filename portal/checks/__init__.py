"""Step *check*: what may be published, said rule by rule.

`judging` runs the rules about entries and has the last word on all problems; the rules about files, rows, reviews,
changes and the rest stand in modules of their own. Nothing is imported here, so that the check of one table (rows/)
does not wait for all of them.
"""
