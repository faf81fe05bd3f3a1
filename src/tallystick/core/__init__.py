"""The rules in plain Python: no Django, clock, disk, network or hidden chance."""
