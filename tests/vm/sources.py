"""The Debian mirrors that this machine's own apt uses."""

import re
from pathlib import Path

from trouble import Trouble

ETC = Path("/etc/apt")
# Security updates and the like live in archives of their own, without the suites we want.
SUITES = {"stable", "testing", "unstable", "oldstable", "sid",
          "bullseye", "bookworm", "trixie", "forky", "duke"}


def _stanzas(text: str):
    """Yield (uris, suites, signed by Debian) of each stanza of a deb822 file."""
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for block in re.split(r"\n\s*\n", text):
        fields = {key.lower(): " ".join(value.split()) for key, value in
                  re.findall(r"^([\w-]+):((?:.*)(?:\n[ \t].*)*)", block, re.M)}
        if fields.get("enabled", "yes") == "no" or "deb" not in fields.get("types", "").split():
            continue
        yield (fields.get("uris", "").split(), fields.get("suites", "").split(),
               fields.get("signed-by", ""))


def _lines(text: str):
    """The same of a file of one-line entries."""
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+(?:\[([^]]*)\]\s*)?(\S+)\s+(\S+)", line)
        if match:
            signed = re.search(r"signed-by=(\S+)", match[1] or "")
            yield [match[2]], [match[3]], signed[1] if signed else ""


def _entries():
    for path in [ETC / "sources.list", *sorted((ETC / "sources.list.d").glob("*"))]:
        if not path.is_file():
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".sources":
            yield from _stanzas(text)
        elif path.suffix == ".list":
            yield from _lines(text)


def mirrors() -> list[str]:
    """Return the addresses worth trying, those signed with Debian's own keyring first.

    Third parties sign with keys of their own: whoever is left over here by
    mistake is refused later, when apt checks the signature.
    """
    sure, maybe = [], []
    for uris, suites, signed_by in _entries():
        if not SUITES & {suite.split("/")[0] for suite in suites}:
            continue
        if signed_by and "debian-archive" not in signed_by:
            continue
        uris = [uri for uri in uris if not uri.startswith("cdrom:")]
        (sure if signed_by else maybe).extend(uris)
    found = list(dict.fromkeys(sure + maybe))
    if not found:
        raise Trouble("This machine's apt has no Debian mirror in its sources "
                      f"({ETC}/sources.list, {ETC}/sources.list.d). Add one: kernels come from it.")
    return found
