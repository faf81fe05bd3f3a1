"""Small programs on books of django-hordak's, each run in a process of its own. What they print is JSON."""
