"""Faults on purpose: processes killed, power cut, disks full, crowds at one account; and whether the books were still right."""
