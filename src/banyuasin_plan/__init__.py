"""banyuasin-plan: the first hundred days of a local government as text, checked and scheduled."""

__version__ = "0.1.0"
