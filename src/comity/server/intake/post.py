"""Asking an address that somebody gave us, without being led into our own network."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Timer
from typing import Final
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TIMEOUT: Final = 10.0
"""Seconds for each step: connecting, each read, each write."""
_WHOLE: Final = 30.0
"""Seconds for a message and its answer, which may otherwise drip in for ever."""


class Unreachable(Exception):  # noqa: N818  a state of the other side, not a fault of ours
    """Nobody answered there, or we may not go there."""


class Connection:
    """A connection to one address, kept open for several messages.

    The name is resolved once and the address that was checked is the one connected to: a name
    that resolves to a public address first and to a private one later gains nothing. Redirects
    are not followed. No proxy is asked.
    """

    def __init__(self, url: str, allow_private: bool) -> None:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            sock = socket.create_connection((_resolve(host, port, allow_private), port), TIMEOUT)
            if secure:
                sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"cannot connect: {error}") from None
        self._http = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
        self._http.auto_open = False
        self._http.sock = self._sock = sock

    def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """Post JSON and return the status of the answer, whose content is not looked at."""
        headers = {**headers, "content-type": "application/json"}
        status, _ = self._ask("POST", body, headers, 65_536)
        return status

    def get(self, headers: Mapping[str, str], most: int) -> tuple[int, bytes]:
        """Return the status of what lies there and at most so many bytes of it; then hang up."""
        try:
            return self._ask("GET", None, headers, most)
        finally:
            self.close()

    def _ask(
        self, method: str, body: bytes | None, headers: Mapping[str, str], most: int
    ) -> tuple[int, bytes]:
        hang_up = Timer(_WHOLE, self._hang_up)
        hang_up.start()
        try:
            self._http.request(method, self._target, body, {**headers, "user-agent": "Comity"})
            answer = self._http.getresponse()
            content = answer.read(most)
            if not answer.isclosed():
                self.close()  # an endless answer: what is left of it would be the next one's
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Unreachable(f"no answer: {error or type(error).__name__}") from None
        finally:
            hang_up.cancel()
        return answer.status, content

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    @property
    def open(self) -> bool:
        return self._http.sock is not None

    def close(self) -> None:
        self._http.close()


_NAT64: Final = IPv6Network("64:ff9b::/96")
"""IPv4 addresses as networks without IPv4 write them (RFC 6052); the rest of IPv6 that holds IPv4
addresses is history, and refused."""
_UNICAST: Final = IPv6Network("2000::/3")
_LONGEST: Final = 2_048
_PROTOCOLS: Final = IPv4Network("192.0.0.0/24")


def check_url(url: str) -> Promise | None:
    """Say what is wrong with a webhook's address; None if nothing is."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  it is read to see whether it can be
    except ValueError:
        return _("this is no web address")
    if parts.scheme not in ("https", "http") or not parts.hostname:
        return _("the address has to begin with https:// or http:// and a host")
    if parts.username or parts.password:
        return _("the address holds a password; the signature is what proves who sends")
    if any(ord(char) <= 32 or ord(char) > 126 for char in url):
        return _(
            "the address holds spaces or letters that are not ASCII: write them percent-encoded"
        )
    if len(url) > _LONGEST:
        return _("the address is too long")
    return None


def _resolve(host: str, port: int, allow_private: bool) -> str:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    for *_rest, address in found:
        if allow_private or is_public(str(address[0])):
            return str(address[0])
    raise Unreachable(f"{host} lies in a private network; add the webhook with --allow-private")


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else ip.ipv4_mapped
        if inner is None and (ip.sixtofour or ip not in _UNICAST):
            return False
        ip = inner or ip
    return ip.is_global and not ip.is_multicast and ip not in _PROTOCOLS
