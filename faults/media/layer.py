"""A file layer (VFS) around SQLite's own, in the very library that the product uses: it hears every write and can refuse any.

The library's default layer is copied, its openings, reads, writes, truncations, syncs and deletions are led through a `Watch`,
and the copy is made the default for as long as it is in use. Structures: https://www.sqlite.org/c3ref/vfs.html and io_methods.html.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, byref, c_char_p, c_int, c_int64, c_void_p
from pathlib import Path
from typing import Any, NamedTuple

import sqlcipher3._sqlite3 as driver

OPENED, READ, WRITTEN, TRUNCATED, SYNCED, DELETED, FOLDER_SYNCED = (
    "opened", "read", "written", "truncated", "synced", "deleted", "folder synced",
)  # fmt: skip
OK, FULL = 0, 13
CREATE = 0x4  # SQLITE_OPEN_CREATE
NAME, OPEN_FOLDER = b"watched", b"openDirectory"

Open = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(c_void_p), c_int, POINTER(c_int))
Delete = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
SetCall = CFUNCTYPE(c_int, c_void_p, c_char_p, c_void_p)
GetCall = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
Close = CFUNCTYPE(c_int, c_void_p)
Move = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)  # xRead and xWrite
Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
Sync = CFUNCTYPE(c_int, c_void_p, c_int)
OpenFolder = CFUNCTYPE(c_int, c_char_p, POINTER(c_int))


class Vfs(ctypes.Structure):
    _fields_ = (
        ("version", c_int), ("file_size", c_int), ("name_length_max", c_int), ("next", c_void_p), ("name", c_char_p),
        ("data", c_void_p), ("open", Open), ("delete", Delete), ("access", c_void_p), ("full_name", c_void_p),
        ("dl_open", c_void_p), ("dl_error", c_void_p), ("dl_sym", c_void_p), ("dl_close", c_void_p), ("randomness", c_void_p),
        ("sleep", c_void_p), ("time", c_void_p), ("last_error", c_void_p), ("time64", c_void_p), ("set_call", SetCall),
        ("get_call", GetCall), ("next_call", c_void_p),
    )  # fmt: skip


class Methods(ctypes.Structure):
    _fields_ = (
        ("version", c_int), ("close", Close), ("read", Move), ("write", Move), ("truncate", Truncate), ("sync", Sync),
        ("size", c_void_p), ("lock", c_void_p), ("unlock", c_void_p), ("is_reserved", c_void_p), ("control", c_void_p),
        ("sector_size", c_void_p), ("characteristics", c_void_p), ("shm_map", c_void_p), ("shm_lock", c_void_p),
        ("shm_barrier", c_void_p), ("shm_unmap", c_void_p), ("fetch", c_void_p), ("unfetch", c_void_p),
    )  # fmt: skip


class Step(NamedTuple):
    """Something the library asked of a file."""

    what: str
    name: str  # of the file, without its folder
    offset: int = 0  # in bytes; of a truncation the new size
    data: bytes = b""  # what is written
    is_new: bool = False  # an opening that made the file
    is_sure: bool = False  # a deletion after which the folder is synced


class Watch:
    """Hears every step; as it stands it lets all of them pass and remembers none."""

    def answer(self, step: Step) -> int:
        """SQLite's code for what goes wrong with this step, before it is taken; 0 lets it pass."""
        del step
        return OK

    def hear(self, step: Step) -> None:
        """The step was taken."""


class Layer:
    """The watched copy of the default layer. What is made here stays: the library may hold on to it until the process ends."""

    def __init__(self) -> None:
        self.watch = Watch()
        self.library = ctypes.CDLL(driver.__file__)
        self.library.sqlite3_vfs_find.restype = POINTER(Vfs)
        self.own = self.library.sqlite3_vfs_find(None).contents
        self.vfs = Vfs.from_buffer_copy(self.own)
        self.vfs.name, self.vfs.next = NAME, None
        self.vfs.open, self.vfs.delete = Open(self._open), Delete(self._delete)
        self.names: dict[int, str] = {}
        self.methods: dict[int, tuple[Methods, Methods]] = {}  # by the address of the library's own: they, and the watched
        self.own_open_folder = OpenFolder(self.own.get_call(byref(self.own), OPEN_FOLDER))
        self.open_folder = OpenFolder(self._open_folder)

    @contextmanager
    def watched_by(self, watch: Watch) -> Iterator[None]:
        """Files opened in this block are watched; they must be closed before its end."""
        self.watch = watch
        assert self.library.sqlite3_vfs_register(byref(self.vfs), 1) == OK
        assert self.own.set_call(byref(self.own), OPEN_FOLDER, ctypes.cast(self.open_folder, c_void_p)) == OK
        try:
            yield
        finally:
            self.watch = Watch()
            assert self.own.set_call(byref(self.own), OPEN_FOLDER, None) == OK
            self.library.sqlite3_vfs_unregister(byref(self.vfs))
            assert self.library.sqlite3_vfs_register(byref(self.own), 1) == OK

    def _open_folder(self, path: bytes, handle: Any) -> int:
        """The library opens a folder for one thing only: to sync it."""
        self.watch.hear(Step(FOLDER_SYNCED, Path(path.decode()).name))
        return int(self.own_open_folder(path, handle))

    def _take(self, step: Step, take: Callable[[], int]) -> int:
        code = self.watch.answer(step)
        if code == OK:
            code = take()
            if code == OK:
                self.watch.hear(step)
        return code

    def _open(self, *given: Any) -> int:
        """xOpen(vfs, name, file, flags, flags out)."""
        _, path, file, flags, _ = given
        name = Path(ctypes.string_at(path).decode()) if path else Path()
        step = Step(OPENED, name.name, is_new=bool(flags & CREATE) and bool(path) and not name.exists())
        code = self._take(step, lambda: self.own.open(*given))
        if code == OK:
            address = ctypes.addressof(file.contents)
            self.names[address] = name.name
            file[0] = ctypes.addressof(self._watched(file[0]))
        return code

    def _watched(self, address: int) -> Methods:
        """The watched copy of the methods at this address."""
        if address not in self.methods:
            own = Methods.from_address(address)
            watched = Methods.from_buffer_copy(own)
            watched.version = min(own.version, 2)  # 3 would read through a map, past everybody
            watched.close = Close(lambda file: self._close(file, own))
            watched.read = Move(lambda *given: self._read(given, own))
            watched.write = Move(lambda *given: self._write(given, own))
            watched.truncate = Truncate(lambda file, size: self._truncate(file, size=size, own=own))
            watched.sync = Sync(lambda file, flags: self._sync(file, flags=flags, own=own))
            self.methods[address] = own, watched
        return self.methods[address][1]

    def _close(self, file: int, own: Methods) -> int:
        self.names.pop(file, None)
        return int(own.close(file))

    def _read(self, given: tuple[int, ...], own: Methods) -> int:
        file, _, _, offset = given
        return self._take(Step(READ, self.names[file], offset), lambda: own.read(*given))

    def _write(self, given: tuple[int, ...], own: Methods) -> int:
        file, buffer, size, offset = given
        step = Step(WRITTEN, self.names[file], offset, ctypes.string_at(buffer, size))
        code = self.watch.answer(step)
        if code != OK:
            own.write(file, buffer, size // 2, offset)  # a disk that fills up, or fails, does so within a page
            return code
        return self._take(step, lambda: own.write(*given))

    def _truncate(self, file: int, *, size: int, own: Methods) -> int:
        return self._take(Step(TRUNCATED, self.names[file], size), lambda: own.truncate(file, size))

    def _sync(self, file: int, *, flags: int, own: Methods) -> int:
        return self._take(Step(SYNCED, self.names[file]), lambda: own.sync(file, flags))

    def _delete(self, *given: Any) -> int:
        """xDelete(vfs, name, whether to sync the folder)."""
        step = Step(DELETED, Path(given[1].decode()).name, is_sure=bool(given[2]))
        return self._take(step, lambda: self.own.delete(*given))


LAYER = Layer()
