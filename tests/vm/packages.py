"""Debian packages of any suite, downloaded and unpacked without touching the machine.

apt runs with a configuration of our own: its lists and archives live in our
cache, nothing is installed. The mirror is the one that the machine itself uses,
and every suite is verified with Debian's own keyring.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import cache
import sources
from trouble import Trouble

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
SUITES = ("bookworm", "bookworm-backports", "trixie", "trixie-backports", "forky", "sid")


def _config(mirror: str, root: Path) -> str:
    """Settings for apt: only the machine's way to the network (Acquire::…) is kept."""
    dump = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=True)
    kept = [line for line in dump.stdout.splitlines()
            if line.startswith("Acquire::") and not line.startswith("Acquire::IndexTargets")]
    own = {"Dir::State": f"{root}/state", "Dir::State::status": f"{root}/status",
           "Dir::Cache": f"{root}/cache", "Dir::Etc::sourcelist": f"{root}/sources.list",
           "Dir::Etc::sourceparts": "/dev/null", "Dir::Etc::preferencesparts": "/dev/null",
           "Dir::Etc::preferences": "/dev/null", "Dir::Etc::parts": "/dev/null",
           "Dir::Etc::main": "/dev/null", "Acquire::Languages": "none",
           "APT::Sandbox::User": "root" if os.geteuid() == 0 else "",
           "Acquire::Retries": "3"}
    lines = [f"deb [signed-by={KEYRING}] {mirror} {suite} main" for suite in SUITES]
    (root / "sources.list").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "\n".join(kept + [f'{key} "{value}";' for key, value in own.items()]) + "\n"


def _root() -> Path:
    root = cache.folder() / "apt"
    for name in ("state/lists/partial", "cache/archives/partial"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "status").touch()
    return root


def _apt(tool: str, *arguments: str, cwd=None) -> subprocess.CompletedProcess:
    environment = dict(os.environ, APT_CONFIG=str(_root() / "apt.conf"), LC_ALL="C")
    return subprocess.run([tool, "-q", *arguments], env=environment, cwd=cwd,
                          capture_output=True, text=True, check=False,
                          stdin=subprocess.DEVNULL)


def _update() -> None:
    """Fetch the package lists from the first of the machine's mirrors that is Debian's."""
    problems = []
    for mirror in sources.mirrors():
        root = _root()
        (root / "apt.conf").write_text(_config(mirror, root), encoding="utf-8")
        result = _apt("apt-get", "update")
        # Some suites may be absent from a mirror; what matters is whether any came.
        if any((root / "state/lists").glob("*Packages*")):
            (root / "updated").touch()
            return
        problems.append(result.stderr.strip())
    raise Trouble("Cannot fetch Debian's package lists. Is the network up? apt said:\n"
                  + "\n".join(problems))


def versions(pattern: str) -> list[tuple[str, str]]:
    """Return (package, version) of all packages whose name matches, newest first."""
    names = [line.split(" - ")[0] for line in
             _apt("apt-cache", "search", "--names-only", pattern).stdout.splitlines()]
    names = [name for name in names if re.fullmatch(pattern, name)]
    if not names:
        return []
    rows = [line.split("|") for line in _apt("apt-cache", "madison", *names).stdout.splitlines()]
    found = {(row[0].strip(), row[1].strip()) for row in rows if len(row) == 3}
    return sorted(found, key=lambda item: _natural(item[1]), reverse=True)


def _natural(version: str) -> list:
    """Sort 6.12.107 after 6.12.94, and a backport (~bpo) before what it was made from."""
    pieces = re.findall(r"\d+|~|[^\d~]+", version)
    return [(-1, 0, "") if piece == "~" else (1, int(piece), "") if piece.isdigit()
            else (2, 0, piece) for piece in pieces] + [(0, 0, "")]


def installed_major(name: str) -> int:
    """The major version of package NAME on this machine, 0 if it is not installed."""
    found = subprocess.run(["dpkg-query", "-W", "-f=${db:Status-Abbrev}${Version}", name],
                           capture_output=True, text=True, check=False).stdout
    version = re.match(r"ii (?:\d+:)?(\d+)\.", found)
    return int(version[1]) if version else 0


def fetch_release(name: str, release: str, into: Path) -> None:
    """Download package NAME as it was made for Debian RELEASE ("12": its backport), packed.

    With it come the packages that it needs in just the same version.
    """
    with cache.lock("apt"):
        for refresh in (False, True):
            if refresh or not (_root() / "updated").exists():
                _update()
            if _fetch_with_twins(name, f"~bpo{release}+", into):
                return
    raise Trouble(f"There is no {name} in the backports of Debian {release}.")


def fetch_world(names: list[str], suite: str, into: Path) -> None:
    """Download these packages of SUITE, packed, and all that they need, the C library too."""
    (into / "partial").mkdir(parents=True, exist_ok=True)
    with cache.lock("apt"):
        for refresh in (False, True):
            if refresh or not (_root() / "updated").exists():
                _update()
            print(f"Downloading {', '.join(names)} of {suite} and what they need …",
                  file=sys.stderr, flush=True)
            # Our own configuration knows of nothing that is installed.
            done = _apt("apt-get", "install", "-y", "--no-install-recommends", "--download-only",
                        "-o", f"Dir::Cache::archives={into}", "-t", suite, *names)
            if done.returncode == 0:
                return
    raise Trouble(f"{', '.join(names)} cannot be downloaded from {suite}. apt said:\n{done.stderr}")


def _fetch_with_twins(name: str, mark: str, into: Path) -> bool:
    for _, version in versions(re.escape(name)):
        if mark in version and _fetch(name, version, into):
            for other in _twins(next(into.glob(f"{name}_*.deb"))):
                _fetch(other, version, into)
            return True
    return False


def _twins(archive: Path) -> list[str]:
    depends = subprocess.run(["dpkg-deb", "-f", archive, "Depends"], capture_output=True, text=True,
                             check=True).stdout
    return re.findall(r"([a-z0-9.+-]+) \(= ", depends)


def unpack(pattern: str, into: Path, limit: int = 3) -> tuple[str, str]:
    """Download the newest package whose name matches PATTERN, and unpack it INTO.

    Older ones are tried when the mirror does not have the newest any more.
    Returns the name and version of what was unpacked.
    """
    with cache.lock("apt"):
        for refresh in (False, True):
            if refresh or not (_root() / "updated").exists():
                _update()
            for name, version in versions(pattern)[:limit]:
                if _download(name, version, into):
                    return name, version
    raise Trouble(f"No package named like '{pattern}' can be downloaded from this machine's "
                  "Debian mirror. Is the network up, and does 'apt-get update' work?")


def unpack_of(name: str, suite: str, into: Path) -> None:
    """Download package NAME as SUITE has it, without what it needs, and unpack it INTO."""
    with cache.lock("apt"):
        for refresh in (False, True):
            if refresh or not (_root() / "updated").exists():
                _update()
            if _fetch(name, suite, into, sign="/"):
                return _unpack_archives(name, into)
    raise Trouble(f"{name} of {suite} cannot be downloaded from this machine's Debian mirror. Is the network up?")


def _fetch(name: str, version: str, into: Path, sign: str = "=") -> bool:
    """SIGN: "=", or "/" for a suite in the version's place."""
    into.mkdir(parents=True, exist_ok=True)
    print(f"Downloading {name} {version} …", file=sys.stderr, flush=True)
    return _apt("apt-get", "download", f"{name}{sign}{version}", cwd=into).returncode == 0


def _download(name: str, version: str, into: Path) -> bool:
    if not _fetch(name, version, into):
        return False
    _unpack_archives(name, into)
    return True


def _unpack_archives(name: str, into: Path) -> None:
    for archive in into.glob(f"{name}_*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, into], check=True)
        archive.unlink()
