"""HTTP on loopback."""

import ssl

NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Without certificates: httpx spends 20 ms a client on loading those that plain HTTP has no use for."""
