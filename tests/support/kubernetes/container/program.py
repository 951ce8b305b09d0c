"""Becoming the container's user and program, with the words that containerd has for what can go wrong."""

import _signal
import os

import linux

CAPABILITIES = (
    "CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE "
    "NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT "
    "SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP "
    "MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ PERFMON BPF CHECKPOINT_RESTORE"
).split()


class CannotStart(Exception):
    pass


def find(name, path):
    """The file that a command's first word names."""
    if "/" in name:
        try:
            os.stat(name)
        except OSError as error:
            raise CannotStart(f'exec: "{name}": stat {name}: {error.strerror.lower()}') from None
        if not os.access(name, os.X_OK) or os.path.isdir(name):
            raise CannotStart(f'exec: "{name}": permission denied')
        return name
    for folder in path.split(":"):
        candidate = os.path.join(folder, name)
        if os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise CannotStart(f'exec: "{name}": executable file not found in $PATH')


def become(identity):
    """Takes on user, groups and capabilities. In a user namespace the user is the mapped one already."""
    for number, name in enumerate(CAPABILITIES):
        if name not in identity["capabilities"]:
            linux.drop_capability(number)
    if not identity["mapped"]:
        os.setgroups(identity["groups"])
        os.setresgid(identity["gid"], identity["gid"], identity["gid"])
        os.setresuid(identity["uid"], identity["uid"], identity["uid"])
    if identity["noNewPrivileges"]:
        linux.forbid_new_privileges()


def execute(spec):
    """Turns this process into the program of the container, or of an exec into it."""
    os.umask(0o022)
    os.chdir(spec["cwd"])
    become(spec["identity"])
    if spec.get("diesWithParent"):
        linux.die_with_parent()  # a change of the user has switched it off
    for ignored in (_signal.SIGPIPE, _signal.SIGXFSZ):
        _signal.signal(ignored, _signal.SIG_DFL)
    program = find(spec["argv"][0], spec["env"].get("PATH", ""))
    try:
        os.execve(program, spec["argv"], spec["env"])
    except OSError as error:
        raise CannotStart(f'exec {program}: {error.strerror.lower()}') from None


def start(spec, prepare):
    """Forks; answers the child's pid and why it could not become the program, if so."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            prepare()
            execute(spec)
        except CannotStart as reason:
            os.write(writing, str(reason).encode())
        except BaseException as error:
            os.write(writing, f"stand-in: {error}".encode())
        os._exit(128)
    os.close(writing)
    return pid, reading


def wait(pid):
    return exit_code(os.waitpid(pid, 0)[1])


def exit_code(status):
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
