"""Offices, acts, their chain and its checkpoints: what every office and auditor must agree on."""
