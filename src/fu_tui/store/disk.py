"""Which disk a file lies on. One rule: what isn't known to be a disk of this machine counts as none.

A write-ahead log shares memory between processes, which a network file system can't do.
"""

from __future__ import annotations

from pathlib import Path

LOCAL = frozenset(
    {"bcachefs", "btrfs", "exfat", "ext2", "ext3", "ext4", "f2fs", "jfs", "overlay", "tmpfs", "vfat", "xfs", "zfs"}
)  # fmt: skip
MOUNTS = Path("/proc/self/mountinfo")


def is_local(path: Path, mounts: Path = MOUNTS) -> bool:
    """Whether `path` lies on a disk of this machine. Only Linux can tell; elsewhere the answer is no."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    best, kind = -1, ""
    for line in lines:
        place, _, rest = line.partition(" - ")
        point = Path(place.split()[4].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) >= best:  # the last mount on a point hides others
            best, kind = len(point.parts), rest.split()[0]
    return kind in LOCAL
