"""Python: who may write, who may ask the tables, where HTML becomes trusted, what a log may say."""

import ast
from collections.abc import Callable, Iterator

from tests.architecture.sources import Source

Check = Callable[[Source], Iterator[str]]

WRITES = {
    *("save", "asave", "create", "acreate", "update", "aupdate", "delete", "adelete"),
    *("bulk_create", "abulk_create", "bulk_update", "abulk_update"),
    *("get_or_create", "aget_or_create", "update_or_create", "aupdate_or_create"),
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
TRUSTED_HTML = {"mark_safe", "SafeString", "SafeText"}
NARROWING = {"filter", "exclude", "get", "aget", "order_by", "get_object_or_404", "values", "annotate"}
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
CONTENT = {
    *("body", "title", "name", "full_name", "email", "text", "html", "source", "subject", "password"),
    *("address", "recipient", "note", "words", "POST", "GET", "COOKIES", "headers"),
}


def write_faults(source: Source) -> Iterator[str]:
    """Views and consumers call acts; an act checks, records and rings, a bare save does not."""
    inner = source.path.split("/")
    if not (inner[-1] in ("views.py", "consumers.py") or "views" in inner[:-1]):
        return
    for call in _calls(source):
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES:
            yield source.fault(
                call.lineno, f".{call.func.attr}() in a view or consumer; call an act of actions.py instead"
            )


def manager_faults(source: Source) -> Iterator[str]:
    """Only the package that owns a table asks it directly; others get a function that takes the viewer."""
    origin = _origins(source)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Attribute) or node.attr not in MANAGERS:
            continue
        owner = _owner(node.value, origin)
        if owner and owner != source.package:
            yield source.fault(
                node.lineno,
                f"{ast.unparse(node)} outside {owner}; use {owner}'s access.py or queries.py, "
                "where fetching is the permission to see",
            )


def trust_faults(source: Source) -> Iterator[str]:
    """HTML is trusted in one reviewed package."""
    if source.package == "text":
        return
    for node in ast.walk(source.tree):
        if _last_name(node) in TRUSTED_HTML:
            yield source.fault(
                getattr(node, "lineno", 1),
                "only dialogue/text turns text into trusted HTML; use its template filter",
            )


def hook_faults(source: Source) -> Iterator[str]:
    """Nothing leaves before commit: one hook, in the journal."""
    for node in ast.walk(source.tree):
        if _last_name(node) == "on_commit" and source.path != "dialogue/journal/bells.py":
            yield source.fault(
                getattr(node, "lineno", 1),
                "on_commit stands in dialogue/journal/bells.py alone; register a listener there",
            )


def role_faults(source: Source) -> Iterator[str]:
    """Who may do what is answered in access.py, as a sentence."""
    if source.package == "organisations" or source.name == "access.py" or "access" in source.path.split("/"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Compare) and any(map(_is_role, (node.left, *node.comparators))):
            yield source.fault(
                node.lineno, "a role is compared outside access.py; ask a can_… function that says what for"
            )
        if isinstance(node, ast.Call) and any(_narrows_by_role(node)):
            yield source.fault(node.lineno, "a query narrows by role; ask organisations for those people")


def request_faults(source: Source) -> Iterator[str]:
    """A query built from whatever the request says lets strangers ask any column."""
    for call in _calls(source):
        for keyword in call.keywords:
            spread = keyword.arg is None and "request" in ast.unparse(keyword.value)
            if spread and _last_name(call.func) in NARROWING:
                yield source.fault(
                    call.lineno, "a query takes its fields from the request; name each field, through a form"
                )


def print_faults(source: Source) -> Iterator[str]:
    for call in _calls(source):
        if isinstance(call.func, ast.Name) and call.func.id in ("print", "pprint", "breakpoint"):
            yield source.fault(
                call.lineno, f"{call.func.id}() left in; log a kind with ids, or write to self.stdout"
            )


def log_faults(source: Source) -> Iterator[str]:
    """Logs hold kinds, codes and ids; what people wrote and who they are stays in the database."""
    for call in _calls(source):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in LOG_METHODS and _is_logger(call)):
            continue
        inside = [node for argument in _arguments(call) for node in ast.walk(argument)]
        said = {_last_name(node) for node in inside if not _is_stream_name(node)}
        said |= {keyword.arg or "" for keyword in call.keywords}
        if said & CONTENT or any(isinstance(node, ast.JoinedStr) for node in inside):
            yield source.fault(
                call.lineno, "a log line may carry content; log a constant event and ids as keywords"
            )


PYTHON_CHECKS: tuple[Check, ...] = (
    write_faults,
    manager_faults,
    trust_faults,
    hook_faults,
    role_faults,
    request_faults,
    print_faults,
    log_faults,
)


def _calls(source: Source) -> Iterator[ast.Call]:
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.alias):
        return node.name
    return node.id if isinstance(node, ast.Name) else ""


def _origins(source: Source) -> dict[str, str]:
    """Names this file imported from a package of ours, with that package."""
    found: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dialogue."):
            package = str(node.module).split(".")[1]
            found |= {alias.asname or alias.name: package for alias in node.names}
    return found


def _owner(value: ast.expr, origin: dict[str, str]) -> str:
    if isinstance(value, ast.Call) and _last_name(value.func) == "get_user_model":
        return "accounts"
    while isinstance(value, ast.Attribute):
        value = value.value
    return origin.get(value.id, "") if isinstance(value, ast.Name) else ""


def _is_role(node: ast.expr) -> bool:
    """``Role.OFFICER``, ``delegation.role``, or a collection of them."""
    parts = [node, *(node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [])]
    return any(
        isinstance(part, ast.Attribute) and (part.attr == "role" or _last_name(part.value) == "Role")
        for part in parts
    )


def _narrows_by_role(call: ast.Call) -> Iterator[bool]:
    if _last_name(call.func) in ("filter", "exclude", "get", "Q"):
        for keyword in call.keywords:
            words = (keyword.arg or "").split("__")
            yield "role" in words or "roles" in words


def _is_stream_name(node: ast.AST) -> bool:
    """Streams are named by kind and id; nobody typed that."""
    return isinstance(node, ast.Attribute) and node.attr == "name" and _last_name(node.value) == "stream"


def _is_logger(call: ast.Call) -> bool:
    value = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    return _last_name(value).lower().strip("_") in ("log", "logger", "logging")
