"""Errands: long work that goes on by itself, with the files it needs for a while, all of it inside the books' own database."""
