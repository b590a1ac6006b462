"""What stands in the link by which a receiver answers, and the code read over the phone. Only hashes are kept."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Final

from django.utils.crypto import salted_hmac

LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"
"""No vowels, so that no word comes out; nothing that sounds or looks like another."""

CODE_LENGTH: Final = 10


def new_secret() -> str:
    """Something nobody guesses, for a link: 43 characters."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A code to read out: ten letters and digits in groups, 47 bits; tries are limited besides."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    return f"{code[:4]}-{code[4:7]}-{code[7:]}"


def hash_of(secret: str) -> str:
    """What is kept of a secret, in hexadecimal. A code is short, so it is hashed with our own key."""
    typed = "".join(letter for letter in secret.lower() if letter in LETTERS)
    if len(typed) == CODE_LENGTH and len(secret) < 2 * CODE_LENGTH:
        return salted_hmac("livingwell.referrals.code", typed, algorithm="sha256").hexdigest()
    return sha256(secret.encode()).hexdigest()
