"""A workbook → its sheets as rows of text. python-calamine gives the values; the file's own XML says what it leaves out.

`python-calamine` is loaded only when a workbook is opened, and only by `sheets`.
"""
