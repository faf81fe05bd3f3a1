"""Long work: “Bring in”, “Give out”, and “Work under way”."""
