"""Units, earmarks, accounts, entries and moves; post.py is the only door."""
