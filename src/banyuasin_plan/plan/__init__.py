"""The plan in Python: the domain model, its grammar, and what of it was known on a day."""
