"""`poise completion`: what makes a shell complete `poise`."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the lines that make SHELL complete `poise`. For bash: eval "$(poise completion bash)"."""
    from click.shell_completion import get_completion_class

    from .commands import cli

    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"there is no completion for `{shell}`")
    click.echo(found(cli, {}, "poise", "_POISE_COMPLETE").source())
