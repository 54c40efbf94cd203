"""The portal's signature: Ed25519 (RFC 8032), so that a reader can tell that a published list is really the portal's.

The private key is a PEM file that lives outside the repository; settings say where (KAISHU_SIGNING_KEY). The same key
and text always give the same 64 bytes, so that a signed build stays the same build.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from portal.problems import PortalError

SIGNATURE_BYTES = 64


@dataclass(frozen=True)
class Signer:
    """A private key with what the public may know of it: the public key as PEM, and its fingerprint."""

    private: Ed25519PrivateKey
    public: str
    fingerprint: str

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self.private.sign(message)


def load_signer(path: Path | None, root: Path) -> Signer | None:
    """The signer whose key lies at `path`; None without a path: nothing is signed then.

    Raises PortalError for a key below `root` (it would get into Git), a file that can't be read, another kind of key
    and one that asks for a passphrase.
    """
    if path is None:
        return None
    if path.resolve().is_relative_to(root.resolve()):
        raise PortalError(
            f"签名私钥 {path} 在城市的仓库文件夹里，可能被提交到 Git，已停止。请移到仓库之外。"
            " The signing key lies inside the repository; move it elsewhere."
        )
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    public = key.public_key()
    return Signer(key, _pem(public), fingerprint(_pem(public)))


def fingerprint(public: str) -> str:
    """The first 16 hex digits of the sha-256 of the raw key, by which people compare keys.

    Raises ValueError for a text that is no Ed25519 public key.
    """
    raw = _public(public).public_bytes(Encoding.Raw, PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def is_signed(public: str, message: bytes, signature: bytes) -> bool:
    """Whether `signature` was made for `message` with the private half of `public` (PEM).

    Raises ValueError for a text that is no Ed25519 public key.
    """
    try:
        _public(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _public(text: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(text.encode())
    except UnsupportedAlgorithm as error:
        raise ValueError("no key that this program knows") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 public key")
    return key


def _pem(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _no_key(path: Path) -> PortalError:
    return PortalError(
        f"{path} 不是可以读取的 Ed25519 私钥（PEM，不带口令）。生成方法：openssl genpkey -algorithm ed25519 -out 文件。"
        " That is no readable Ed25519 private key in PEM without a passphrase."
    )
