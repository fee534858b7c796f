"""The proxy that the environment names for an address."""

from __future__ import annotations

import urllib.request

from yarl import URL

from aidx_assistant.fetching.networks import is_loopback


def proxy_for(url: URL) -> str | None:
    """HTTPS_PROXY, HTTP_PROXY or ALL_PROXY unless NO_PROXY names the host; this machine is reached without one."""
    host = url.host or ""
    if is_loopback(host) or urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"
