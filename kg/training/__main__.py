"""The command line of the recipes: ``python -m kg.training default|small|kb``."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.errors import KnowledgeBaseError

HELP = "Rebuild what the package bundles from named sources."

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=HELP)


@app.command()
def default(data: Path, output: Path, steps: int = 1450, head_steps: int = 300) -> None:
    """Train the default English pipeline from the corpora in DATA and write it to the folder OUTPUT."""
    from kg.training.default import train

    train(data, output / "work", steps=steps, head_steps=head_steps).to_disk(output / "model")
    typer.echo(output / "model")


@app.command()
def small(data: Path, output: Path, steps: int = 14000) -> None:
    """Train the small English pipeline from the corpora in DATA and write it to the folder OUTPUT."""
    from kg.training.small import train

    train(data, output / "work", steps=steps).to_disk(output / "model")
    typer.echo(output / "model")


@app.command()
def kb(data: Path, output: Path) -> None:
    """Build the knowledge base from the sources in DATA and write it to the folder OUTPUT."""
    from kg.training.knowledge_base import build

    try:
        typer.echo(build(data, output))
    except KnowledgeBaseError as error:
        typer.echo(f"kg.training kb: {error}", err=True)
        raise typer.Exit(1) from error


if __name__ == "__main__":
    app()
