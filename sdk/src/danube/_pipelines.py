"""The `@pipeline` decorator and the functions it has marked."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, Dict, List, Optional, TypeVar, Union, overload

    Function = TypeVar("Function", bound=Callable[[], Any])

    @overload
    def pipeline(function: Function) -> Function: ...

    @overload
    def pipeline(
        *, name: Optional[str] = None, triggers: Optional[List[Union[str, Dict[str, Any]]]] = None
    ) -> Callable[[Function], Function]: ...


registered: List[Callable[[], Any]] = []

_coroutine_or_generator = 0x20 | 0x80 | 0x200


def pipeline(function=None, *, name=None, triggers=None):
    """Marks a function as a pipeline. It is called without arguments when the file has been read to its end.

    Several marked functions run in the order in which they are defined. `name` and `triggers` are read by the master
    from the text of the file, so write them as literals; here they change nothing.
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
