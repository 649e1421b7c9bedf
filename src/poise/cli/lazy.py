"""A group of commands, each loaded when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

import click


class Lazy(click.Group):
    """Loads a command's module when the command is run.

    lines: {command: its line in the help}, in the order of the help; `module` names the module that holds `command`
    """

    def __init__(self, *given: Any, lines: Mapping[str, str], module: Callable[[str], str], **options: Any) -> None:
        super().__init__(*given, **options)
        self.lines, self.module = lines, module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the help."""
        return list(self.lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.lines:
            return None
        command: click.Command = importlib.import_module(f".{self.module(cmd_name)}", __package__).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with their lines, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lines.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named first; the nearest right word where there is none."""
        from ..rulebook.mistake import did_you_mean

        if args and args[0] not in self.lines and not args[0].startswith("-"):
            near = did_you_mean(args[0], self.lines, f"`{ctx.command_path} --help` lists the commands")
            raise click.UsageError(f"there is no command `{args[0]}`\n  {near}", ctx)
        return super().resolve_command(ctx, args)
