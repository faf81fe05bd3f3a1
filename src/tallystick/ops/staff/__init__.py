"""`tallystick staff`: the members, from the office's own command, where no browser and no lead is at hand."""
