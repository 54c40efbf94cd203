"""/manifest.txt: the sha-256 of every published file, signed: everybody can see that nothing was changed (SEC-5).

The list has the form of `sha256sum`, paths below the site, sorted; the detached signature and the public key lie
beside it, and /manifest.json says in a few lines what they are. The digests are those that publishing needs anyhow.
The compressed copies (`.gz`) have no address of their own and are left out; so are these files themselves.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from portal.addresses import MANIFEST, MANIFEST_JSON, MANIFEST_KEY, MANIFEST_SIGNATURE
from portal.holdings import Holding
from portal.model import Portal
from portal.problems import PortalError
from portal.signing import Signer

SITE = "site/"
UNFIT = frozenset("\\\n\r")
"""What a line of `sha256sum` spells in another way."""


def write_manifest(
    work: Path, held: Mapping[str, Holding], *, portal: Portal, release: str, signer: Signer | None
) -> tuple[str, ...]:
    """Write the list, its signature and the public key below `work`/site; names the paths of what it wrote.

    `held` says what lies at the paths below `work`. Without a signer the list is unsigned, and manifest.json says so.
    Raises PortalError for a name that can't stand in such a list.
    """
    published = [path for path in held if path.startswith(SITE)]
    listed = sorted(path for path in published if not (path.endswith(".gz") and path[:-3] in held))
    if not UNFIT.isdisjoint("".join(listed)):
        odd = next(path for path in listed if not UNFIT.isdisjoint(path))
        raise PortalError(f"文件名中有换行或反斜线，清单写不出来：{odd!r}。A name that sha256sum can't list.")
    text = "".join([f"{held[path].sha256}  {path[len(SITE) :]}\n" for path in listed]).encode()
    told: dict[str, object] = {
        "portal": portal.name,
        "url": portal.url,
        "release": release,
        "files": len(listed),
        "manifest": portal.url + MANIFEST,
        "format": "sha256sum",
        "sha256": hashlib.sha256(text).hexdigest(),
        "signed": signer is not None,
    }
    written: dict[str, bytes] = {MANIFEST: text}
    if signer:
        signature = signer.sign(text)
        written |= {MANIFEST_SIGNATURE: signature, MANIFEST_KEY: signer.public.encode()}
        told |= {
            "algorithm": "Ed25519",
            "signature": b64encode(signature).decode(),
            "signature_file": portal.url + MANIFEST_SIGNATURE,
            "public_key": portal.url + MANIFEST_KEY,
            "key": signer.fingerprint,
        }
    else:
        told["note"] = "清单没有签名：平台未配置签名密钥。The list is not signed: this portal has no signing key."
    written[MANIFEST_JSON] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    for address, content in written.items():
        (work / SITE / address[1:]).write_bytes(content)
    return tuple(SITE + address[1:] for address in written)
