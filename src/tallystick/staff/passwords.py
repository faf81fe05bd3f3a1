"""Passwords that the office draws: said once, to whoever made the member, and kept only as what Argon2id makes of them."""

import secrets

GROUPS, GROUP_BYTES = 5, 2  # 80 bits of chance, in groups that can be read out over a bad line


def draw_password() -> str:
    """“3f9c-02ab-…”: nothing in it could be taken for something else."""
    return "-".join(secrets.token_hex(GROUP_BYTES) for _ in range(GROUPS))
