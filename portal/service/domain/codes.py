"""Receipt codes, tracking numbers and the last four characters of a contact (service.md §4).

The tracking number is public and opens nothing. The receipt code opens the case; it is shown once and only its
keyed digest is stored. 15 random symbols of a 31-letter alphabet and a check symbol: 74 bits, and every single
wrong symbol and every swap of two symbols is found (weights 1-15 modulo the prime 31).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 1 I L O
RANDOM_SYMBOLS = 15
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212_.]+")
_EMAIL = re.compile(r"^[^\s@<>\"'(),:;\\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250})\.[A-Za-z]{2,24}$")
_PHONE = re.compile(r"^(?:\+86)?1[3-9]\d{9}$|^(?:\+86)?0\d{9,11}$|^\+(?!86)\d{7,15}$|^(?:400|800)\d{7}$|^12345$")


def make_code(key: bytes, seed: bytes) -> str:
    """The code that belongs to a seed, as `XXXX-XXXX-XXXX-XXXX`.

    `seed` is the form's secret idempotency key, so that a repeated submission shows the same receipt although only
    a digest of the code is stored. 256 bits reduced modulo 31^15 leave a bias below 2^-180.
    """
    number = int.from_bytes(hmac.digest(key, b"receipt\0" + seed, "sha256"), "big")
    symbols = []
    for _ in range(RANDOM_SYMBOLS):
        number, index = divmod(number, len(ALPHABET))
        symbols.append(index)
    text = "".join(ALPHABET[index] for index in (*symbols, _check(symbols)))
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def read_code(text: str) -> str | None:
    """The sixteen symbols of what somebody typed, or None where it can't be a code.

    Full-width letters, lower case, blanks and dashes are forgiven.
    """
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(bare) != RANDOM_SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in bare):
        return None
    values = [ALPHABET.index(symbol) for symbol in bare]
    return bare if _check(values[:-1]) == values[-1] else None


def keyed_digest(key: bytes, purpose: str, text: str) -> str:
    """HMAC-SHA256 in hex: what is stored in place of a secret; `purpose` keeps the uses apart."""
    return hmac.new(key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def number_of(prefix: str, year: int, serial: int) -> str:
    """`JC-2026-000123`: public, on paper and in mails."""
    return f"{prefix}-{year}-{serial:06d}"


def read_contact(text: str) -> tuple[str, str] | None:
    """(`email` or `phone`, the normal form), or None where it is neither.

    Phone numbers lose blanks, dashes, brackets and +86; e-mail addresses become lower case.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if "@" in plain:
        return ("email", plain.lower()) if _EMAIL.match(plain) and ".." not in plain else None
    digits = re.sub(r"[\s\-()\u2010-\u2015]", "", plain)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    if not _PHONE.match(digits):
        return None
    return "phone", digits.removeprefix("+86")


def last_four(contact: str) -> str:
    """The characters asked for at look-up: of a phone number its last four, of an address the last four before @.

    An address shorter than that gives what there is. Everything after @ is common knowledge and proves nothing.
    """
    return contact.partition("@")[0][-4:].lower()


def read_last_four(text: str) -> str:
    """What somebody typed as last four characters, in the form that is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _check(values: list[int]) -> int:
    return sum(weight * value for weight, value in enumerate(values, 1)) % len(ALPHABET)
