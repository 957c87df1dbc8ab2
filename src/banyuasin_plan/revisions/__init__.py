"""The plan as it was: at a revision of git, read without a working copy of it.

Nothing is written, nothing is fetched, no program but git is run, and git runs none.
"""
