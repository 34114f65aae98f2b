"""Takes from this process, for ever, what reading a stranger's file does not need.

Two fences, one behind the other. Limits hold on every system: no further file, socket or process,
and nothing written but to open pipes. On Linux a seccomp filter lets through the few calls of the
kernel that need no more than memory and those pipes; all others fail, whoever asks. Neither wants
special rights, and nobody can undo them.
"""

from __future__ import annotations

import errno
import resource

from seccompy import Action, ArgCmp, CmpOp, Filter, SeccompError, supported

MAX_MEMORY = 1024 * 1024 * 1024
MAX_SECONDS = 15
NEEDED = (
    "brk",
    "clock_gettime",
    "close",
    "exit",
    "exit_group",
    "futex",
    "getrandom",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "read",
    "rt_sigaction",
    "rt_sigprocmask",
    "rt_sigreturn",
    "sched_yield",
    "write",
)
CLONE_THREAD = 0x10000
OF_THREADS = ("gettid", "rseq", "set_robust_list")


def limit() -> None:
    """Bound memory and time, so that a bomb ends this process and not the machine."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def confine(*, with_threads: bool = False) -> None:
    """Only compute from now on; whatever must be imported or opened has been.

    The library for HEIC computes in a thread. It gets one where the filter tells threads from
    processes; elsewhere such a file cannot be read.
    """
    calls = _filter() if is_filtered() else None
    if calls is not None and with_threads:
        _limit_to_nothing(resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE)
        _allow_threads(calls)
    else:
        open_nothing_more()
    if calls is not None:
        calls.load()


def open_nothing_more() -> None:
    """The first fence, which is all there is on a system without the second."""
    _limit_to_nothing(resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE)


def _limit_to_nothing(*limits: int) -> None:
    for each in limits:
        resource.setrlimit(each, (0, 0))


def is_filtered() -> bool:
    """Whether this system has the second fence: Linux with seccomp, on x86-64 or ARM64."""
    try:
        return supported()
    except SeccompError:  # somebody's filter around us keeps us from asking
        return False


def _filter() -> Filter:
    calls = Filter(Action.ERRNO | errno.EPERM)
    for name in NEEDED:
        calls.allow(name)
    return calls


def _allow_threads(calls: Filter) -> None:
    """Let `clone` make threads, never processes. Of `clone3` a filter cannot see what it makes.

    Where that is said not to exist, the C library asks for `clone` instead.
    """
    calls.allow("clone", args=[ArgCmp(0, CmpOp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD)])
    calls.errno("clone3", errno.ENOSYS)
    for name in OF_THREADS:
        calls.allow(name)
