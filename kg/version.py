"""The version of ``kg``, which its distribution ``geokg`` takes from here, and how to install what it lacks."""

VERSION = "0.2.0"


def install(extra: str) -> str:
    """The command that installs an extra, to be shown where something needs it.

    >>> install("serve")
    "python -m pip install '.[serve]' in a checkout, 'geokg[serve]' elsewhere"
    """
    return f"python -m pip install '.[{extra}]' in a checkout, 'geokg[{extra}]' elsewhere"
