"""What became of a grant: the visits."""
