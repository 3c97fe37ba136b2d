"""Bearer tokens for providers of the bench's own servers."""

import base64
import hashlib
import hmac
import json
import time


def _base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def mint(secret, provider, portal=1):
    """The staff JWT of one of a provider's portals, HS256, good for a day."""
    now = int(time.time())
    claims = {"sub": f"portal-{portal}-of-{provider}", "role": "portal", "provider_id": provider, "iat": now, "exp": now + 86400}
    signed = _base64url(b'{"alg":"HS256","typ":"JWT"}') + "." + _base64url(json.dumps(claims).encode())
    return signed + "." + _base64url(hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest())


def lines(secret, providers, portals=1):
    """A line `provider token` for each portal; neighbours are of different providers."""
    names = [f"clinic-{i + 1}" for i in range(providers)]
    return "".join(f"{name} {mint(secret, name, portal + 1)}\n" for portal in range(portals) for name in names)
