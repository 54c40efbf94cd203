"""The gate in a real Git repository: a change judged against what it was made from."""
