"""When to try again, and how a message is signed: the pure part of delivering.

Signing follows the Standard Webhooks specification (standardwebhooks.com), version 1.
"""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Final

ATTEMPTS: Final = 20
"""About four days of trying; then the delivery is given up, and stays in the table to be seen."""
_FIRST: Final = 1.0
_LONGEST: Final = 8 * 3600.0


def delay(attempts: int, random: float) -> timedelta | None:
    """How long to wait after this many failed attempts; None: give up.

    Doubles from a second to eight hours. `random`, in [0, 1), spreads each delay over the half
    around it, so that what failed together does not come back together.
    """
    if attempts >= ATTEMPTS:
        return None
    seconds = min(_LONGEST, _FIRST * 2.0 ** (attempts - 1))
    return timedelta(seconds=seconds * (0.75 + random / 2))


def webhook_secret(server_key: bytes, webhook: int) -> bytes:
    """The secret of one webhook: derived, so that no table holds it."""
    return hmac.digest(server_key, b"comity webhook %d" % webhook, hashlib.sha256)


def show_secret(secret: bytes) -> str:
    return "whsec_" + base64.b64encode(secret).decode()


def signed_headers(secret: bytes, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers by which a receiver knows who sent this, and when (Unix seconds)."""
    content = b"%s.%d.%s" % (message.encode(), timestamp, body)
    signature = base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode()
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
