"""A notebook as a form: its parameters with types and help, and the rules that keep it thin.

A notebook here is a text with parameters, calls and pictures. Whatever needs a function or a loop belongs in
the package, where it is typed and tested. This module reads notebooks; it never runs one.
"""

import ast
import datetime as dt
import io
import json
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from pydantic import TypeAdapter, ValidationError

from analysis.errors import InputError, did_you_mean, message
from analysis.report.relative import HELP, is_relative

TAG = "parameters"
_TYPES: dict[str, Any] = {"str": str, "int": int, "float": float, "bool": bool, "date": dt.date}
_FORBIDDEN: dict[type[ast.AST], str] = {
    ast.FunctionDef: "def",
    ast.AsyncFunctionDef: "async def",
    ast.Lambda: "lambda",
    ast.ClassDef: "class",
    ast.For: "for",
    ast.AsyncFor: "async for",
    ast.While: "while",
    ast.Try: "try",
    ast.TryStar: "try",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line of the parameters cell: its name, what it accepts, its default and its help."""

    name: str
    type_text: str
    accepts: Any
    default: Any
    help: str


def read_notebook(path: Path) -> dict[str, Any]:
    """Read a notebook file as plain data."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        hint = "Open it in JupyterLab and save it again."
        raise InputError(message(f"{path.name} is not a readable notebook ({error})", hint=hint)) from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise InputError(message(f"{path.name} is not a notebook", expected="JSON with a list of `cells`"))
    return notebook


def source_of(cell: Mapping[str, Any]) -> str:
    """The text of a cell, which the format keeps as a string or as lines."""
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def title_of(notebook: Mapping[str, Any], fallback: str = "Report") -> str:
    """The first level-one heading."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in source_of(cell).splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
    return fallback


def parameters_of(notebook: Mapping[str, Any]) -> dict[str, Parameter]:
    """Read the parameters cell: `name: type = literal  # help`, in order.

    The type may be left out; then the default says it. `"date | None"` stands in quotes, because the cell
    must also run on its own in JupyterLab.
    """
    cell = next((c for c in notebook["cells"] if TAG in c.get("metadata", {}).get("tags", [])), None)
    if cell is None:
        return {}
    source = source_of(cell)
    comments = _comments(source)
    found: dict[str, Parameter] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            name, value, annotation = node.target.id, node.value, node.annotation
        elif (
            isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)
        ):
            name, value, annotation = node.targets[0].id, node.value, None
        else:
            raise InputError(
                message(
                    f"line {node.lineno} of the parameters cell is not a parameter",
                    got=ast.unparse(node),
                    expected="`name: type = literal  # help`",
                )
            )
        try:
            default = ast.literal_eval(value)
        except ValueError as error:
            what = f"the default of the parameter `{name}` is not a literal"
            raise InputError(message(what, got=ast.unparse(value))) from error
        type_text, accepts = _declared(name, annotation, default)
        found[name] = Parameter(name, type_text, accepts, default, comments.get(node.lineno, ""))
    return found


def check_values(declared: Mapping[str, Parameter], given: Mapping[str, Any]) -> dict[str, Any]:
    """Check names and types of the given values; return them as the notebook will see them.

    Strings from a command line are read as the declared type ("5" for an int, "2025-01-01" for a date, "none"
    for no value, a JSON or comma-separated list). Dates reach the notebook as ISO strings.
    """
    checked = {}
    for name, value in given.items():
        if name not in declared:
            known = ", ".join(declared) or "none: this notebook has no parameters"
            raise InputError(
                message(
                    f"{name!r} is not a parameter of this notebook",
                    expected=f"one of {known}" if declared else known,
                    hint=did_you_mean(name, list(declared)),
                )
            )
        checked[name] = _check(declared[name], value)
    return checked


def shown_names(notebook: Mapping[str, Any]) -> list[str]:
    """The names under which a notebook shows results: `show(result, "name")`."""
    found = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            tree = ast.parse(source_of(cell))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            if "show" in (getattr(node.func, "attr", None), getattr(node.func, "id", None)):
                name = node.args[1]
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    found.append(name.value)
    return found


def help_of(notebook: Mapping[str, Any], name: str) -> str:
    """List what a notebook can be asked, one parameter a line: name, type, default, and the comment beside it."""
    declared = parameters_of(notebook)
    lines = [f"{name}: {title_of(notebook, name)}", ""]
    if not declared:
        return "\n".join([*lines, "It has no parameters."])
    shown = {
        p.name: f"-p {p.name} {p.type_text.replace('date', 'DAY')}"
        if "list" not in p.type_text
        else f"-p {p.name} {p.type_text}"
        for p in declared.values()
    }
    width = min(max(map(len, shown.values())), 34)
    for p in declared.values():
        default = "none" if p.default is None else json.dumps(p.default, ensure_ascii=False)
        lines.append(f"  {shown[p.name]:<{width}}  {p.help} [{default}]".rstrip())
    lines += ["", f"DAY is {HELP}. A list is written with commas, or as JSON. `none` is no value."]
    return "\n".join(lines)


def broken_rules(notebook: Mapping[str, Any]) -> list[str]:
    """Say where a notebook breaks the house rules; an empty list means it keeps them."""
    found = []
    tagged = 0
    for number, cell in enumerate(notebook["cells"], start=1):
        if not cell.get("id"):
            found.append(f"cell {number} has no id")
        if cell["cell_type"] != "code":
            continue
        if cell.get("outputs") or cell.get("execution_count") is not None:
            found.append(f"cell {number} is committed with outputs")
        tagged += TAG in cell.get("metadata", {}).get("tags", [])
        try:
            tree = ast.parse(source_of(cell))
        except SyntaxError as error:
            found.append(f"cell {number} is not plain Python: {error.msg}")
            continue
        found.extend(
            f"cell {number} has `{_FORBIDDEN[type(node)]}`; move it into the package"
            for node in ast.walk(tree)
            if type(node) in _FORBIDDEN
        )
    if tagged != 1:
        found.append(f"{tagged} cells carry the tag `{TAG}`; there must be one")
    else:
        try:
            parameters_of(notebook)
        except (InputError, SyntaxError) as error:
            found.append(str(error))
    if not any(c["cell_type"] == "markdown" and source_of(c).startswith("# ") for c in notebook["cells"][:1]):
        found.append("the first cell is not a markdown cell with the title")
    return found


def _comments(source: str) -> dict[int, str]:
    """The comment at the end of each line, by line number."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ").strip() for t in tokens if t.type == tokenize.COMMENT}


def _declared(name: str, annotation: ast.expr | None, default: Any) -> tuple[str, Any]:
    """The type of a parameter as text and as a type, from its annotation or else its default."""
    if annotation is None:
        if default is None:
            return "str | None", str | None
        if isinstance(default, list | tuple):
            return "list", list[Any]
        text = type(default).__name__
        return text, _TYPES.get(text, Any)
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        annotation = ast.parse(annotation.value, mode="eval").body
    return ast.unparse(annotation), _type(name, annotation)


def _type(name: str, node: ast.expr) -> Any:
    """Build a type from a closed vocabulary: an annotation is read, never evaluated."""
    if isinstance(node, ast.Name) and node.id in _TYPES:
        return _TYPES[node.id]
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _type(name, node.left) | _type(name, node.right)
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        if node.value.id == "list":
            return list[_type(name, node.slice)]  # type: ignore[misc]
        if node.value.id == "Literal":
            return Literal[cast(Any, ast.literal_eval(node.slice))]
    expected = "str, int, float, bool, date, list[...], Literal[...], None and `|` between them"
    raise InputError(message(f"the type of `{name}` is not known", got=ast.unparse(node), expected=expected))


def _check(parameter: Parameter, value: Any) -> Any:
    """One value against its declared type, read leniently only where it came as text."""
    adapter: TypeAdapter[Any] = TypeAdapter(parameter.accepts)
    optional = "None" in parameter.type_text
    if isinstance(value, str) and optional and value.strip().casefold() in {"", "none"}:
        return None
    if isinstance(value, str) and parameter.type_text.startswith("list"):
        value = _as_list(value)
    if isinstance(value, dt.date) and "date" not in parameter.type_text:
        value = value.isoformat()
    if "date" in parameter.type_text and is_relative(value):
        return value  # worked out from the corpus, once it is open
    try:
        # A date before a string: `date | None` must not accept any text, and strict mode refuses ISO strings.
        checked = adapter.validate_python(value, strict=not isinstance(value, str | list))
    except ValidationError as error:
        raise InputError(
            message(
                f"the parameter `{parameter.name}` has the wrong type",
                got=value,
                expected=parameter.type_text + (f" ({HELP})" if "date" in parameter.type_text else ""),
                hint=parameter.help,
            )
        ) from error
    return checked.isoformat() if isinstance(checked, dt.date) else checked


def _as_list(text: str) -> list[Any] | str:
    """A list written as JSON or with commas; what begins as JSON and is none stays a text, and is refused."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError:
        value = None
        if text.lstrip().startswith("["):
            return text
    return value if isinstance(value, list) else [part.strip() for part in text.split(",") if part.strip()]
