"""What an expression in the code can be, followed back to the literals that it is made of."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from .tree import Module, called, constant, modules

type Function = ast.FunctionDef | ast.AsyncFunctionDef
type Seen = frozenset[tuple[str, str, str]]
"""Parameters: module, function, name."""
type Known = Mapping[str, Callable[[], Iterable[str]]]
"""What an expression, as it is written, can be where that cannot be read from the code."""


class UnknownExpressionError(Exception):
    """An expression that nothing here can follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an expression stands, and what the function around it was called with."""

    module: Module
    function: Function | None
    known: Known
    given: Mapping[str, tuple[ast.expr, Place]] = field(default_factory=dict)
    more: frozenset[str] = frozenset()
    """The names that came by ``**``."""
    seen: Seen = frozenset()
    """The parameters that were followed on the way here: a circle ends at itself."""


def strings(node: ast.expr, place: Place) -> set[str]:
    """Return every text that an expression can be.

    Raises:
        UnknownExpressionError: when that cannot be told.
    """
    if (known := place.known.get(ast.unparse(node))) is not None:
        return set(known())
    match node:
        case ast.Constant(value=value):
            return {value} if isinstance(value, str) else set()
        case ast.JoinedStr(values=parts):
            return {"".join(way) for way in product(*(strings(part, place) for part in parts))}
    return set().union(*(strings(one, where) for one, where in _origins(node, place)))


def names(node: ast.expr | None, place: Place) -> set[str]:
    """Return the names of the values that an expression surely gives."""
    found: set[str] = set()
    match node:
        case ast.Dict(keys=keys, values=values):
            inner = [value for key, value in zip(keys, values, strict=True) if key is None]
            found = {text for key in keys if (text := constant(key)) is not None}
            found = found.union(*(names(value, place) for value in inner))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            found = names(left, place) | names(right, place)
        case ast.Call(func=ast.Name(id="dict"), args=[inside]):
            found = names(inside, place)
        case ast.Name(id=name) if name in place.given:
            found = names(*place.given[name])
        case ast.Name(id=name) if assigned := list(_assigned(name, place.function)):
            found = set.intersection(*(names(one, place) for one in assigned))
        case ast.Name(id=name) if _gathers(place.function, name):
            found = set(place.more)
    return found


def places(call_of: str, known: Known, *, makers: frozenset[str]) -> Iterator[tuple[ast.Call, Place]]:
    """Return each call of a name with its place.

    A call in a function with one of the ``makers`` as a parameter is returned once for each way in which that
    function is called in its module: what comes along with a key is known there.
    """
    for module in modules():
        for function in (None, *functions(module.tree)):
            inside = module.tree if function is None else function
            calls = [one for one in own(inside) if isinstance(one, ast.Call) and called(one) == call_of]
            for place in _ways(module, function, known, makers) if calls else ():
                yield from ((call, place) for call in calls)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Return every function in a module, however deep."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node


def own(node: ast.AST) -> Iterator[ast.AST]:
    """Walk a function or module without the functions in it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield child
            yield from own(child)


def _origins(node: ast.expr, place: Place) -> list[tuple[ast.expr, Place]]:
    """Return what an expression takes its value from, each with its own place."""
    found: list[tuple[ast.expr, Place]] = []
    match node:
        case ast.FormattedValue(value=value):
            found = [(value, place)]
        case ast.IfExp(body=body, orelse=orelse):
            found = [(body, place), (orelse, place)]
        case ast.Name(id=name) if (place.module.name, _name(place.function), name) in place.seen:
            return []
        case ast.Name(id=name) if name in place.given:
            found = [place.given[name]]
        case ast.Name(id=name):
            found = (
                [(one, place) for one in _assigned(name, place.function)]
                or list(_passed(name, place))
                or [(one, place) for one in _named(name, place.module)]
            )
        case ast.Call():
            found = list(_returned(called(node), place.known))
    if not found:
        where = f"{place.module.name}:{node.lineno}"
        raise UnknownExpressionError(
            f"{where}: what can {ast.unparse(node)!r} be? Tell tests/contract/spoken.py"
        )
    return found


def _assigned(name: str, function: Function | None) -> Iterator[ast.expr]:
    """Return what a local name is set to within its function."""
    for node in ast.walk(function) if function is not None else ():
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value
            case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                yield value
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = zip(targets, values, strict=True)
                yield from (value for one, value in pairs if isinstance(one, ast.Name) and one.id == name)


def _named(name: str, module: Module) -> Iterator[ast.expr]:
    """Return what a name of a whole module is set to."""
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                yield value


def _passed(name: str, place: Place) -> Iterator[tuple[ast.expr, Place]]:
    """Return what a parameter is given by all who call its function, in whichever module."""
    function = place.function
    if function is None or name not in _parameters(function):
        return
    seen = place.seen | {(place.module.name, function.name, name)}
    for given, outside in _callers(place.module, function, place.known, seen):
        if name in given:
            yield given[name], outside


def _returned(name: str, known: Known) -> Iterator[tuple[ast.expr, Place]]:
    """Return what the functions of a name return."""
    for module in modules():
        for function in functions(module.tree):
            place = Place(module=module, function=function, known=known)
            for node in own(function) if function.name == name else ():
                if isinstance(node, ast.Return) and node.value is not None:
                    yield node.value, place


def _ways(module: Module, function: Function | None, known: Known, makers: frozenset[str]) -> list[Place]:
    """Return a place for each call of a function that makes keys from its parameters; else just one."""
    plain = Place(module=module, function=function, known=known)
    if function is None or not makers & set(_parameters(function)):
        return [plain]
    ways = [
        Place(
            module=module,
            function=function,
            known=known,
            given={name: (value, outside) for name, value in given.items()},
            more=frozenset(given.keys() - set(_parameters(function))),
        )
        for given, outside in _callers(module, function, known)
    ]
    return ways or [plain]


def _callers(
    module: Module, function: Function, known: Known, seen: Seen = frozenset()
) -> Iterator[tuple[dict[str, ast.expr], Place]]:
    """Return what each call of a function gives; a private one is called in its own module."""
    for one in (module,) if function.name.startswith("_") else modules():
        for caller in functions(one.tree):
            outside = Place(module=one, function=caller, known=known, seen=seen)
            for call in own(caller):
                if isinstance(call, ast.Call) and called(call) == function.name:
                    yield _given(function, call), outside


def _given(function: Function, call: ast.Call) -> dict[str, ast.expr]:
    """Return what a call gives, by the names of the function's parameters."""
    given = dict(zip(_parameters(function), call.args, strict=False))
    return given | {one.arg: one.value for one in call.keywords if one.arg is not None}


def _parameters(function: Function) -> list[str]:
    """Return the names that a caller gives, in their order."""
    found = [arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)]
    return found[1:] if found[:1] in (["self"], ["cls"]) else found


def _gathers(function: Function | None, name: str) -> bool:
    return function is not None and function.args.kwarg is not None and function.args.kwarg.arg == name


def _name(function: Function | None) -> str:
    return "" if function is None else function.name
