"""The books in the database held against a plain model of them, through the same door by which everybody posts."""
