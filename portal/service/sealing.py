"""Contact data at rest: AES-256-GCM, bound to its row, so that a sealed contact can't be moved to another case."""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.problems import PortalError

_NONCE = 12


def seal(key: bytes, text: str, bound_to: str) -> bytes:
    """Nonce and sealed text. `bound_to` names the row; the same must be given to open it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> str:
    """The text again. Raises PortalError where the bytes, the key or the row are not the ones it was sealed with."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound_to.encode()).decode()
    except InvalidTag:
        raise PortalError("联系方式无法解密：内容、密钥或所属记录不符") from None
