"""Workbooks that come back, read without trust.

`workbook` turns bytes into a `Book`; `serving` does so in a process of its own.
"""
