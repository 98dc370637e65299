"""How fast the bot is, how that grows, and how it stands under load: run by hand, never as a timed test.

Each module measures one thing by itself (`python -m benchmarks.whole_turn`); `python -m benchmarks` measures them all
and prints the page that docs/performance.md keeps.
"""
