"""The app in a browser: a server on this machine, the gate before it, and one app process for every open page."""
