"""Bad input by the hundred thousand: folders, workbooks, acts, heads and key files that chance has spoilt, and known traps."""
