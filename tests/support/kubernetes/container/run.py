"""Runs one container: a root of its own, its own processes, and the program as process 1.

Reads what to run as a line of JSON from descriptor 3 and tells there what happens: pid, then started or error, then exit.
"""

import json
import os
import sys

import linux
import program

control = os.fdopen(3, "r+b", buffering=0)
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")


def tell(**event):
    control.write(json.dumps(event).encode() + b"\n")


def map_user(identity):
    """An ordinary user cannot become another one: the container's user is a name for the one who runs this."""
    outside = os.geteuid(), os.getegid()
    linux.unshare(linux.NEW_USERS)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{identity['uid']} {outside[0]} 1"),
        ("gid_map", f"{identity['gid']} {outside[1]} 1"),
    ):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def mount_at(root, source, target, read_only):
    place = root + target
    if os.path.isdir(source):
        os.makedirs(place, exist_ok=True)
    elif not os.path.exists(place):
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "a").close()
    linux.bind(source, place, read_only)


def mount_devices(root, termination_log):
    dev = f"{root}/dev"
    os.makedirs(dev, exist_ok=True)
    linux.mount("tmpfs", dev, "tmpfs", linux.NOSUID, "mode=755")
    for device in DEVICES:
        mount_at(root, f"/dev/{device}", f"/dev/{device}", False)
    mount_at(root, termination_log["source"], termination_log["target"], False)
    os.mkdir(f"{dev}/shm")
    os.chmod(f"{dev}/shm", 0o1777)
    for link, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{dev}/{link}")


def build_root(spec):
    root = spec["root"]
    linux.mount(None, "/", flags=linux.RECURSIVE | linux.PRIVATE)
    linux.mount("tmpfs", root, "tmpfs", 0, "mode=755")
    for folder in spec["folders"]:
        os.makedirs(root + folder["path"], exist_ok=True)
        os.chmod(root + folder["path"], folder["mode"])
        if "uid" in folder and not spec["identity"]["mapped"]:
            os.chown(root + folder["path"], folder["uid"], -1)
    for link in spec["links"]:
        os.symlink(link["target"], root + link["path"])
    mount_devices(root, spec["terminationLog"])
    for entry in spec["mounts"]:
        mount_at(root, entry["source"], entry["target"], entry["readOnly"])
    os.makedirs(f"{root}/proc", exist_ok=True)
    linux.mount("proc", f"{root}/proc", "proc", linux.NOSUID | linux.NODEV | 8)
    os.makedirs(root + spec["cwd"], exist_ok=True)
    if spec["readOnlyRoot"]:
        linux.mount(None, root, flags=linux.REMOUNT | linux.BIND | linux.READ_ONLY)
    linux.enter_root(root)


def main():
    linux.die_with_parent()
    spec = json.loads(control.readline())
    spec["diesWithParent"] = True
    if spec["identity"]["mapped"]:
        map_user(spec["identity"])
    linux.unshare(linux.NEW_MOUNTS | linux.NEW_PROCESSES | linux.NEW_HOSTNAME | linux.NEW_IPC)

    def prepare():
        linux.set_hostname(spec["hostname"])
        log = os.open(spec["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
        os.close(log)
        control.close()
        build_root(spec)

    pid, failure = program.start(spec, prepare)
    tell(pid=pid)
    reason = os.read(failure, 65536).decode()
    tell(**({"error": reason} if reason else {"started": True}))
    code = program.wait(pid)
    tell(exit=code)


main()
sys.exit(0)
