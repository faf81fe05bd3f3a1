"""What was delivered: aggregates alone, for sponsors and everybody else."""
