"""The command line of the recipes: ``python -m kg.training accurate|small|kb|chains|confidence|weapons|measures``."""

from __future__ import annotations

from pathlib import Path

import typer

from kg.errors import KnowledgeBaseError
from kg.training.layers import HEAD_STEPS, STEPS

HELP = "Rebuild what the package bundles from named sources."

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=HELP)


@app.command()
def accurate(data: Path, output: Path, steps: int = STEPS, head_steps: int = HEAD_STEPS, vary: bool = True) -> None:
    """Train the accurate English pipeline from the corpora in DATA and write it to the folder OUTPUT."""
    from kg.training.accurate import train

    train(data, output / "work", steps=steps, head_steps=head_steps, vary=vary).to_disk(output / "model")
    typer.echo(output / "model")


@app.command()
def small(data: Path, output: Path) -> None:
    """Train the small English pipeline from the corpora in DATA and write it to the folder OUTPUT."""
    from kg.training.small import train

    train(data, output / "work").to_disk(output / "model")
    typer.echo(output / "model")


@app.command()
def kb(data: Path, output: Path, share_alike: bool = False) -> None:
    """Build the knowledge base from the sources in DATA and write it to the folder OUTPUT; with --share-alike, write
    instead the table of names that sources under share-alike licences add to it."""
    from kg.training.knowledge_base import build, build_share_alike

    try:
        typer.echo((build_share_alike if share_alike else build)(data, output))
    except KnowledgeBaseError as error:
        typer.echo(f"kg.training kb: {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def chains(treebank: Path) -> None:
    """Learn the weights of coreference chains from TREEBANK, a CoNLL-U file with GUM's entities."""
    from kg.training.chains import train

    typer.echo(train(treebank))


@app.command()
def confidence(data: Path, pipeline: str | None = None) -> None:
    """Learn the weights of confidence from the claims of the corpora in DATA that were judged by hand."""
    from kg.language.pipeline import load_pipeline
    from kg.training.confidence import train

    for name, value in train(data, nlp=load_pipeline(pipeline)).items():
        typer.echo(f"{name} {round(value, 3)}")


@app.command()
def weapons(wordnet: Path, table: Path) -> None:
    """Write the weapon words of WORDNET, the folder of its database, into TABLE, and keep the rows of other sources."""
    from kg.training.weapon_words import write

    try:
        typer.echo(write(wordnet, table))
    except KnowledgeBaseError as error:
        typer.echo(f"kg.training weapons: {error}", err=True)
        raise typer.Exit(1) from error


@app.command()
def measures(table: Path) -> None:
    """Write the currencies and units of the Unicode CLDR, by way of the package Babel, into TABLE."""
    from kg.training.measure_words import write

    typer.echo(write(table))


if __name__ == "__main__":
    app()
