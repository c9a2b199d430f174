"""Events in the columns of other data sets, and the network as Gephi takes it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.errors import ExportError

GEXF = "{http://www.gexf.net/1.2draft}"
VIZ = "{http://www.gexf.net/1.2draft/viz}"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> kg.BuildReport:
    texts = [
        {"text": "Laos threatened Vietnam on Monday. Fiji did not threaten Tonga.", "published": "2023-05-02",
         "url": "https://example.org/one", "publisher": "Daily"},
        {"text": "Peru criticised Chile in March 2023. Laos sent aid to Peru.", "published": "2023-06-11"},
    ]  # fmt: skip
    return kg.build(texts, out=tmp_path_factory.mktemp("built"), pipeline="small", views=False)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")), delimiter="\t"))


def test_the_columns_of_polecat_gdelt_and_icews(report: kg.BuildReport) -> None:
    from kg.engines.outputs import export

    found = {name: rows(export("events", folder=report.out, layout=name)) for name in ("polecat", "gdelt", "icews")}
    assert len({len(table) for table in found.values()}) == 1
    threat = next(row for row in found["polecat"] if row["Event Type"] == "THREATEN")
    assert (threat["Actor Name"], threat["Recipient Name"], threat["Event Date"]) == ("Laos", "Vietnam", "2023-05-01")
    assert (threat["Actor Country"], threat["Quad Code"], threat["Source"]) == ("LAO", "VERBAL CONFLICT", "Daily")
    assert not any(row["Recipient Name"] == "Tonga" for row in found["polecat"]), "what is denied is no event there"
    threat = next(row for row in found["gdelt"] if row["Actor1Name"] == "LAOS" and row["Actor2Name"] == "VIETNAM")
    assert (threat["SQLDATE"], threat["EventRootCode"], threat["QuadClass"]) == ("20230501", "13", "3")
    assert threat["SOURCEURL"] == "https://example.org/one" and threat["DATEADDED"] == "20230502"
    threat = next(row for row in found["icews"] if row["Source Name"] == "Laos" and row["Target Name"] == "Vietnam")
    assert threat["CAMEO Code"].startswith("13") and threat["Sentence Number"] == "1"
    with pytest.raises(ExportError, match="polecat"):
        export("events", folder=report.out, layout="acled")
    with pytest.raises(ExportError, match="only events"):
        export("csv", folder=report.out, layout="gdelt")


def test_gephi_gets_places_colours_sizes_weights_and_days(report: kg.BuildReport, tmp_path: Path) -> None:
    path = report.graph.export("gexf", tmp_path / "a.gexf")
    assert path.read_bytes() == report.graph.export("gexf", tmp_path / "b.gexf").read_bytes()
    network = ElementTree.parse(path).getroot().find(f"{GEXF}graph")
    assert network is not None and network.get("mode") == "dynamic" and network.get("timeformat") == "date"
    nodes = list(network.iter(f"{GEXF}node"))
    assert len({(node.find(f"{VIZ}position").get("x"), node.find(f"{VIZ}position").get("y")) for node in nodes}) == len(
        nodes
    )
    assert all(node.find(f"{VIZ}color") is not None and node.find(f"{VIZ}size") is not None for node in nodes)
    edges = list(network.iter(f"{GEXF}edge"))
    assert all(float(edge.get("weight", "0")) >= 1 for edge in edges)
    assert {(edge.get("start"), edge.get("end")) for edge in edges} >= {
        ("2023-05-01", "2023-05-01"),
        ("2023-03-01", "2023-03-31"),
    }
