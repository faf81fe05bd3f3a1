"""A crowd at the same accounts, after Jepsen's bank test: who gives, who takes, and who watches every balance meanwhile."""
