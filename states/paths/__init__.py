"""Every path of the walk, counted and checked against the safety invariants: what `sharewise paths` runs."""
