"""The tests; `conftest.py` says where what is."""
