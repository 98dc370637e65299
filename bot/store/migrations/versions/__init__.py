"""One file for each change of the tables. Written once, never edited after it has run anywhere."""
