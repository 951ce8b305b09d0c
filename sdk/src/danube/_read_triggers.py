"""Reads what @pipeline(...) says in a danubefile.py, from its text alone: nothing of the file is executed.

The master runs this file on its own: `python3 -I -S _read_triggers.py`, with the text on standard input as UTF-8. One
line of JSON comes out: `{"pipelines": [{"name", "line", "triggers"}], "problems": [{"line", "column", "message"}]}`. A
value of `triggers` is `{"line", "column", "value"}`, where a list holds such values and a mapping is
`{"keys": [...], "values": [...]}` of them, so that what is wrong with a value can be said with its place. Lines and
columns count from 1.
"""

import ast
import json
import sys

MEMORY = 128 * 1024 * 1024
# of processor time: less than the five seconds for which the caller waits, which a busy machine alone may take
SECONDS = 4
MAX_DEPTH = 20
MAX_VALUES = 10000


class Problem(Exception):
    def __init__(self, node, message):
        super().__init__(message)
        self.node = node


def limit_resources():
    """As far as the system has them; the caller has its own limit of time."""
    try:
        import resource
    except ImportError:
        return
    limits = {"AS": MEMORY, "CPU": SECONDS, "CORE": 0, "FSIZE": 0, "NPROC": 0, "NOFILE": 0}
    for name, value in limits.items():
        try:
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (value, value))
        except (AttributeError, ValueError, OSError):
            pass


class Reader:
    def __init__(self, text):
        self.lines = text.split("\n")
        self.modules = set()
        self.decorators = set()
        self.pipelines = []
        self.problems = []
        self.values = 0

    def place(self, node):
        """The columns of the syntax tree count bytes."""
        line = self.lines[node.lineno - 1] if node.lineno <= len(self.lines) else ""
        if line.isascii():
            return node.lineno, node.col_offset + 1
        return node.lineno, len(line.encode("utf-8", "replace")[: node.col_offset].decode("utf-8", "replace")) + 1

    def report(self, node, message):
        line, column = self.place(node)
        self.problems.append({"line": line, "column": column, "message": message})

    def read(self, statements):
        """In order, and into everything that runs with the file; what stands in functions and classes does not."""
        for statement in statements:
            if isinstance(statement, ast.Import):
                self.read_import(statement)
            elif isinstance(statement, ast.ImportFrom):
                self.read_import_from(statement)
            elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                self.read_function(statement)
            elif isinstance(statement, ast.ClassDef):
                self.forget(statement.name)
            elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
                self.read_assignment(statement)
            else:
                for part in ("body", "handlers", "orelse", "finalbody", "cases"):
                    for inner in getattr(statement, part, ()):
                        self.read([inner] if isinstance(inner, ast.stmt) else inner.body)

    def forget(self, name):
        self.modules.discard(name)
        self.decorators.discard(name)

    def read_import(self, statement):
        for alias in statement.names:
            name = alias.asname or alias.name.split(".")[0]
            self.forget(name)
            if alias.name == "danube" or (alias.name.startswith("danube.") and alias.asname is None):
                self.modules.add(name)

    def read_import_from(self, statement):
        ours = statement.module == "danube" and not statement.level
        for alias in statement.names:
            if alias.name == "*":
                if ours:
                    self.decorators.add("pipeline")
                continue
            self.forget(alias.asname or alias.name)
            if ours and alias.name == "pipeline":
                self.decorators.add(alias.asname or alias.name)

    def read_assignment(self, statement):
        for target in getattr(statement, "targets", None) or [statement.target]:
            if isinstance(target, ast.Name):
                self.forget(target.id)

    def read_function(self, function):
        for decorator in function.decorator_list:
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if not self.is_ours(called):
                continue
            try:
                self.pipelines.append(self.read_decorator(function, decorator))
            except Problem as problem:
                self.report(problem.node, str(problem))
        self.forget(function.name)

    def is_ours(self, called):
        if isinstance(called, ast.Name):
            return called.id in self.decorators
        return (
            isinstance(called, ast.Attribute)
            and called.attr == "pipeline"
            and isinstance(called.value, ast.Name)
            and called.value.id in self.modules
        )

    def read_decorator(self, function, decorator):
        found = {"name": function.name, "line": decorator.lineno, "triggers": None}
        if not isinstance(decorator, ast.Call):
            return found
        if decorator.args:
            raise Problem(decorator.args[0], "the arguments of @pipeline have names: write @pipeline(triggers=[...])")
        for argument in decorator.keywords:
            if argument.arg is None:
                message = "the arguments of @pipeline are read without running the file: write them out"
                raise Problem(argument.value, message)
            if argument.arg not in ("name", "triggers"):
                raise Problem(argument.value, f'@pipeline has no argument "{argument.arg}"; accepted: name, triggers')
            literal = self.literal(argument.value, 0)
            if argument.arg == "triggers":
                found["triggers"] = None if literal["value"] is None else literal
            elif isinstance(literal["value"], str):
                found["name"] = literal["value"]
            elif literal["value"] is not None:
                raise Problem(argument.value, "the name of a pipeline is text")
        return found

    def literal(self, node, depth):
        """The value of a literal with its place, without computing anything."""
        self.values += 1
        if depth > MAX_DEPTH or self.values > MAX_VALUES:
            raise Problem(node, f"more than {MAX_DEPTH} levels or {MAX_VALUES} values are not read")
        line, column = self.place(node)
        if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, (str, bool, int))):
            value = node.value
            if isinstance(value, int) and not -(2**53) < value < 2**53:
                raise Problem(node, "the number is too large")
        elif isinstance(node, (ast.List, ast.Tuple)):
            value = [self.literal(item, depth + 1) for item in node.elts]
        elif isinstance(node, ast.Dict):
            value = {
                "keys": [self.key(node, key) for key in node.keys],
                "values": [self.literal(item, depth + 1) for item in node.values],
            }
        else:
            raise Problem(node, self.why_refused(node))
        return {"line": line, "column": column, "value": value}

    @staticmethod
    def why_refused(node):
        if isinstance(node, ast.Constant):
            return "such a value is not accepted: text, whole numbers, True, False, None, lists, tuples and mappings are"
        return "this is not a literal: it is read without running the file, so write the value itself"

    def key(self, mapping, node):
        if node is None:
            raise Problem(mapping, "** is not read without running the file: write the keys out")
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            raise Problem(node, "a key must be text")
        line, column = self.place(node)
        return {"line": line, "column": column, "value": node.value}


def refusal(line, column, message):
    return {"pipelines": [], "problems": [{"line": line or 1, "column": column or 1, "message": message}]}


def read(source):
    version = "read with Python {}.{}".format(*sys.version_info[:2])
    try:
        text = source.decode("utf-8")
        # line endings as Python counts them, and without a byte order mark
        text = text[text.startswith("\ufeff") :].replace("\r\n", "\n").replace("\r", "\n")
        tree = ast.parse(text)
        reader = Reader(text)
        reader.read(tree.body)
        return {"pipelines": reader.pipelines, "problems": reader.problems}
    except UnicodeDecodeError:
        return refusal(1, 1, "the file is not UTF-8 text")
    except SyntaxError as error:
        return refusal(error.lineno, error.offset, f"{error.msg} ({version})")
    except ValueError as error:
        return refusal(1, 1, f"{error} ({version})")
    except (MemoryError, RecursionError):
        return refusal(1, 1, f"the file is too large or too deeply nested to be read within {MEMORY >> 20} MB")


if __name__ == "__main__":
    limit_resources()
    json.dump(read(sys.stdin.buffer.read()), sys.stdout)
