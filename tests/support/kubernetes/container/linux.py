"""The system calls behind a container that Python's own library does not have."""

import ctypes
import os

NEW_MOUNTS, NEW_HOSTNAME, NEW_IPC, NEW_USERS, NEW_PROCESSES = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000
READ_ONLY, NOSUID, NODEV, REMOUNT, BIND, RECURSIVE, PRIVATE, RELATIME = 1, 2, 4, 32, 4096, 16384, 1 << 18, 1 << 21
# of a mount that a user namespace got from outside, these must be kept when it is made read-only
LOCKED = NOSUID | NODEV | 8 | 1024 | 2048
DETACH = 2
PARENT_DEATH_SIGNAL, DROP_BOUNDING, NO_NEW_PRIVILEGES = 1, 24, 38
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}[os.uname().machine]

libc = ctypes.CDLL(None, use_errno=True)


def call(function, *arguments):
    if function(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), " ".join(map(repr, arguments)))


def unshare(flags):
    call(libc.unshare, flags)


def join_namespace(pid, name):
    with open(f"/proc/{pid}/ns/{name}") as namespace:
        call(libc.setns, namespace.fileno(), 0)


def mount(source, target, kind=None, flags=0, data=None):
    encode = lambda text: None if text is None else os.fsencode(text)
    call(libc.mount, encode(source), encode(target), encode(kind), ctypes.c_ulong(flags), encode(data))


def bind(source, target, read_only):
    mount(source, target, flags=BIND | RECURSIVE)
    if read_only:
        present = os.statvfs(target).f_flag
        relatime = RELATIME if present & 4096 else 0
        mount(None, target, flags=REMOUNT | BIND | READ_ONLY | relatime | (present & LOCKED))


def enter_root(path):
    os.chdir(path)
    call(libc.syscall, PIVOT_ROOT, b".", b".")
    call(libc.umount2, b".", DETACH)
    os.chdir("/")


def set_hostname(name):
    call(libc.sethostname, name.encode(), len(name.encode()))


def die_with_parent():
    call(libc.prctl, PARENT_DEATH_SIGNAL, 9)


def drop_capability(number):
    call(libc.prctl, DROP_BOUNDING, number, 0, 0, 0)


def forbid_new_privileges():
    call(libc.prctl, NO_NEW_PRIVILEGES, 1, 0, 0, 0)
