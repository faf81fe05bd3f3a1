"""Passwords and tokens that the office draws: said once, to whoever asked, and kept only as what Argon2id or a keyed digest makes of them."""

import secrets

GROUPS, GROUP_BYTES = 5, 2  # 80 bits of chance, in groups that can be read out over a bad line

TOKEN_BEGINS, TOKEN_BYTES = "tallystick_", 32


def draw_password() -> str:
    """“3f9c-02ab-…”: nothing in it could be taken for something else."""
    return "-".join(secrets.token_hex(GROUP_BYTES) for _ in range(GROUPS))


def draw_token() -> str:
    """For a program, which need not read it out: 256 bits. What it begins with lets a search find one that was left lying about."""
    return f"{TOKEN_BEGINS}{secrets.token_hex(TOKEN_BYTES)}"
