"""Client addresses, shortened: a limit counts neighbourhoods, and nothing keeps a whole address (AUD-5)."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network


def prefix_of(address: str) -> str:
    """The network that one subscriber holds: the IPv4 address itself, /64 of IPv6; `unknown` for anything else.

    An IPv4 address inside IPv6 counts as IPv4.
    """
    try:
        parsed = ip_address(address.strip().strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def client_address(forwarded_for: str, remote: str) -> str:
    """The client's address: the last hop of X-Forwarded-For, which our own front wrote.

    Entries further left come from the client and prove nothing. Without the header it is the peer itself.
    """
    last = forwarded_for.rpartition(",")[2].strip()
    return last or remote
