"""Processes killed with signal 9 in the middle of whatever they do, and what the books were like afterwards."""
