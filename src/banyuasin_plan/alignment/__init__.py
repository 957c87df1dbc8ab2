"""Who serves what, where and with whom: districts, hand-offs, orders, goals, what ran before.

Every figure here can be counted by hand in the YAML; how a day is judged is `tracking`'s affair.
"""
