"""A built folder on disk: written whole beside its place and moved in at once, so that a kill leaves the old or the
new one.

Two builds into one folder don't meet: a lock beside it is held while one writes, and another refuses.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from triplomat.errors import InputError, OutputError, TriplomatError

MANIFEST = "manifest.json"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextmanager
def replacing(folder: Path, *, held: bool = False) -> Iterator[Path]:
    """A new empty folder to write into, which takes the place of `folder` when the block ends without an error.

    `held` tells that `locked` holds the folder already. OutputError where `folder` holds things that no build wrote,
    where nothing can be written, or where another is writing.
    """
    check_ours(folder)
    with nullcontext() if held else locked(folder), _made(folder, "new") as new:
        try:
            new.chmod(0o755)
            yield new
            _sync(new)
            _move_in(new, folder)
        except OSError as error:
            if isinstance(error, TriplomatError):
                raise
            reason = error.strerror or error
            raise OutputError(f"{folder}: can't be written ({reason}); what was there is kept") from error


@contextmanager
def temporary(folder: Path) -> Iterator[Path]:
    """A folder for what is only needed while `folder` is written; the next build clears it where a kill left it."""
    with _made(folder, "new") as new:
        yield new


@contextmanager
def working(folder: Path) -> Iterator[Path]:
    """The folder beside `folder` in which a build keeps what it has done.

    It stays where the block ends by an error, unless that is an input's: then nothing was done.
    """
    work = folder.absolute().parent / f".{folder.name}.work"
    try:
        work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{work}: can't be made ({error.strerror})") from error
    try:
        yield work
    except InputError:
        shutil.rmtree(work, ignore_errors=True)
        raise
    shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _made(folder: Path, kind: str) -> Iterator[Path]:
    """A new folder beside another, gone when the block ends."""
    parent = folder.absolute().parent
    try:
        new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.{kind}-", dir=parent))
    except OSError as error:
        raise OutputError(f"{parent}: can't be written ({error.strerror})") from error
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def check_ours(folder: Path) -> None:
    """OutputError where the folder is a file, or holds things that no build wrote."""
    if folder.is_symlink() and not folder.exists():
        raise OutputError(f"{folder}: is a link to nowhere")
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder}: is a file; give a folder")
    try:
        others = any(folder.iterdir()) and not (folder / MANIFEST).is_file()
    except OSError as error:
        raise OutputError(f"{folder}: can't be read ({error.strerror})") from error
    if others:
        raise OutputError(f"{folder}: holds other things; give an empty or new folder, or one that a build wrote")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock beside a folder, and clear what a killed build left there.

    The system lets go of the lock when the process dies, so that none is ever stale.
    """
    parent = folder.absolute().parent
    lock = parent / f".{folder.name}.lock"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OutputError(f"{parent}: can't be written ({error.strerror})") from error
    try:
        if not _take(handle) or not _still(handle, lock):
            raise OutputError(f"{folder}: another build is writing it; wait for that one or give another folder")
        try:
            _sweep(parent, folder.name)
            yield
        finally:
            with suppress(OSError):
                lock.unlink()
    finally:
        os.close(handle)


def _still(handle: int, lock: Path) -> bool:
    """Whether the lock's name still means the file that is held: whoever held it before may have unlinked it."""
    try:
        return os.fstat(handle).st_ino == lock.stat().st_ino
    except OSError:
        return False


def _take(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _move_in(new: Path, folder: Path) -> None:
    """Put the new folder in the place of the old in one step where the system can, else in two."""
    folder = folder.resolve() if folder.is_symlink() else folder
    if not folder.exists():
        new.rename(folder)
    elif not _exchange(new, folder):
        old = new.with_name(new.name.replace(".new-", ".old-"))
        folder.rename(old)
        new.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(new: Path, folder: Path) -> bool:
    """Swap two folders atomically (Linux's renameat2); False where the system can't."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(folder), _RENAME_EXCHANGE) == 0)


def _sweep(parent: Path, name: str) -> None:
    """Clear what a killed build left; put an old folder back that was moved away and not yet replaced."""
    for old in sorted(parent.glob(f".{name}.old-*")):
        if (parent / name).exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(parent / name)
    for unfinished in parent.glob(f".{name}.new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Have the system write the files out before they are moved into place."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
