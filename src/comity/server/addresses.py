"""From where a visitor comes, as far as it can be believed."""

from ipaddress import ip_address

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The address of whom a request is from. Only a proxy on this machine may say whom it speaks
    for, and what it names last: what stands before that is what the visitor claims."""
    peer: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_loopback(peer) else peer


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
