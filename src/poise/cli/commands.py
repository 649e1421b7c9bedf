"""The group of all commands, and what becomes of what went wrong."""

from __future__ import annotations

import sys

import click

from . import COMMANDS, module_of
from .lazy import Lazy

GREETING = """Poise: soft guidelines for hard moments.
Somebody says something hurtful. Poise weighs it by your own guidelines, and says
which way they lean and why. It decides nothing.

  poise weigh               a few questions, and which way your guidelines lean
  poise show among_friends  read a rulebook
  poise check mine.yaml     see whether your own can be understood

`poise --help` lists the rest."""


@click.group(
    cls=Lazy,
    lines=COMMANDS,
    module=module_of,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="poise", message="Poise %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Soft guidelines for hard moments. Poise weighs a moment by your own guidelines; you decide."""
    if ctx.invoked_subcommand is None:
        click.echo(GREETING)


def run() -> None:
    """Run the command line, and turn what went wrong into words and an exit code."""
    from .process import end_in_order

    end_in_order()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(prog_name="poise", standalone_mode=False) or 0
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. Nothing was kept.", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception as error:  # noqa: BLE001 - whatever it is, it is said, or raised again
        code = _said(error)
    sys.exit(code)


def _said(error: Exception) -> int:
    """Say what went wrong, and how to go on; the exit code."""
    from ..rulebook.mistake import Mistakes

    if isinstance(error, click.ClickException):
        click.echo(error.format_message(), err=True)
    elif isinstance(error, (Mistakes, *_trouble())):
        click.echo(str(error), err=True)
    elif "poise.journal" in sys.modules:
        from .process import crash_report

        click.echo(crash_report(error), err=True)
    else:
        raise error
    if isinstance(error, click.UsageError):
        hint = error.ctx.command_path if error.ctx else "poise"
        click.echo(f"`{hint} --help` says how it is used.", err=True)
    return 2


def _trouble() -> tuple[type[Exception], ...]:
    """What a journal raises; nothing where no journal was loaded, so that weighing does not load one."""
    loaded = sys.modules.get("poise.journal.trouble")
    return (loaded.Trouble,) if loaded else ()
