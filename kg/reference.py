"""The README's command reference, made from the program itself: `python -m kg.reference README.md` writes it anew."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

from typer.main import get_command

from kg.cli import app

START = "<!-- commands: written by `python -m kg.reference README.md` -->"
END = "<!-- end of commands -->"


def commands() -> dict[str, Any]:
    """The commands of ``kg`` by name, in the order of its help.

    >>> list(commands())[:3]
    ['build', 'extract', 'import']
    """
    found: dict[str, Any] = {}
    for name, command in getattr(get_command(app), "commands", {}).items():
        below = getattr(command, "commands", None)
        found |= {f"{name} {inner}": each for inner, each in below.items()} if below else {name: command}
    return found


def command_reference() -> str:
    """Every command with its help, arguments, options and example, as Markdown."""
    return "\n\n".join(_section(name, command) for name, command in commands().items())


def with_reference(readme: str) -> str:
    """A README whose reference, between its two marks, is as the program is now.

    :raises ValueError: if the marks are missing.
    """
    if START not in readme or END not in readme:
        raise ValueError(f"the README has no {START} with {END} below it")
    block = f"{START}\n\n{command_reference()}\n\n{END}"
    return re.sub(f"{re.escape(START)}.*?{re.escape(END)}", lambda _: block, readme, flags=re.DOTALL)


def _section(name: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(["kg", name, *(_usage_of(argument) for argument in arguments), "[OPTIONS]"])
    lines = [f"| `{_name_of(p)}` | {p.help}{_default_of(p)} |" for p in (*arguments, *options)]
    table = "\n".join(["| word | meaning |", "|---|---|", *lines])
    example = (command.epilog or "").removeprefix("Example: ")
    return f"### `{usage}`\n\n{inspect.cleandoc(command.help or '')}\n\n{table}\n\nExample: `{example}`"


def _usage_of(argument: Any) -> str:
    many = "..." if argument.nargs == -1 else ""
    return f"{argument.metavar}{many}" if argument.required else f"[{argument.metavar}{many}]"


def _name_of(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return parameter.metavar
    names = ", ".join(parameter.opts)
    return names if parameter.is_flag else f"{names} {parameter.metavar}"


def _default_of(parameter: Any) -> str:
    value = parameter.default
    if parameter.required or value is None or isinstance(value, bool | list | tuple):
        return ""
    return f" Default: {getattr(value, 'value', value)}."


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_reference(path.read_text(encoding="utf-8")), encoding="utf-8")
