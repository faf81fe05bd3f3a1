"""`tallystick doctor`: what these books stand on, looked at before it gives way."""
