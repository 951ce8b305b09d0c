"""The `@pipeline` decorator and the functions it has marked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, List, Literal, Optional, TypedDict, TypeVar, Union, overload

    Function = TypeVar("Function", bound=Callable[[], Any])

    class _Paths(TypedDict, total=False):
        paths: List[str]
        paths_ignore: List[str]

    class _Push(TypedDict):
        type: Literal["push"]

    class PushTrigger(_Push, _Paths, total=False):
        branches: List[str]
        tags: List[str]

    class _PullRequest(TypedDict):
        type: Literal["pull_request"]

    class PullRequestTrigger(_PullRequest, _Paths, total=False):
        branches: List[str]
        forks: Literal["none", "without_secrets", "with_secrets"]

    class _Cron(TypedDict):
        type: Literal["cron"]
        schedule: str

    class CronTrigger(_Cron, total=False):
        catch_up: Literal["none", "one"]
        skip_if_running: bool

    class ManualTrigger(TypedDict):
        type: Literal["manual"]

    Trigger = Union[PushTrigger, PullRequestTrigger, CronTrigger, ManualTrigger]

    @overload
    def pipeline(function: Function) -> Function: ...

    @overload
    def pipeline(
        *, name: Optional[str] = None, triggers: Optional[List[Trigger]] = None
    ) -> Callable[[Function], Function]: ...


registered: List[Callable[[], Any]] = []

_coroutine_or_generator = 0x20 | 0x80 | 0x200


def pipeline(function=None, *, name=None, triggers=None):
    """Marks a function as a pipeline. It is called without arguments when the file has been read to its end.

    Several marked functions run in the order in which they are defined. `name` and `triggers` are read by the master
    from the text of the file, so write them as literals at the decorator itself; here they change nothing. Triggers are
    written as `spec.triggers` of the config repository has them, which wins where it gives any:
    `@pipeline(triggers=[{"type": "push", "branches": ["main"]}, {"type": "cron", "schedule": "0 3 * * *"}])`.
    """

    def mark(marked):
        code = getattr(marked, "__code__", None)
        if code is None or code.co_flags & _coroutine_or_generator:
            raise TypeError("@pipeline marks a plain function; for asynchronous code call asyncio.run() within it")
        registered.append(marked)
        return marked

    if function is None:
        return mark
    if not callable(function):
        raise TypeError('write @pipeline(name="..."): its arguments have names')
    return mark(function)
