"""Today: what a member of staff wants to see in the morning."""
