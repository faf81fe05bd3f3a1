"""Who speaks for a recipient: vouches."""
