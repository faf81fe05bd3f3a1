"""Offices: whoever keeps books. An office opens its stream with its public key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeOpened:
    office: str  # the first 16 hexadecimal digits of the public key's SHA-256
    public_key: str  # Ed25519, hexadecimal
    rehearsal: bool  # invented people only; cannot be switched later
