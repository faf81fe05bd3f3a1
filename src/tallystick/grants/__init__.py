"""What was promised to whom."""
