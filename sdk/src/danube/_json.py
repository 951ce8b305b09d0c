"""JSON for the control plane's messages.

The json package costs every job several milliseconds of start-up, nearly all of it for regular expressions that its C
half does without. So the C half is used directly where this Python has it.
"""

try:
    from _json import encode_basestring_ascii as _quote
    from _json import make_scanner as _make_scanner
except ImportError:
    _quote = _make_scanner = None


class _ScannerOptions:
    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float
    memo = None


def decode(text):
    """The value of a JSON text. Raises ValueError for anything else."""
    text = text.strip()
    if _make_scanner is None:
        import json

        return json.loads(text)
    try:
        value, end = _make_scanner(_ScannerOptions)(text, 0)
    except StopIteration:
        raise ValueError("no JSON value") from None
    if end != len(text):
        raise ValueError("more than one JSON value")
    return value


def encode(value):
    """JSON of a dict, str, int or bool. Everything but ASCII is escaped."""
    if isinstance(value, str):
        if _quote is None:
            import json

            return json.dumps(value)
        return _quote(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return "{" + ",".join(f"{encode(key)}:{encode(item)}" for key, item in value.items()) + "}"
