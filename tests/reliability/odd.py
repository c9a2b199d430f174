# ruff: noqa: E501  # rows of a table
"""Odd inputs, made here: every kind goes through one build, together with an ordinary article that must survive.

    python tests/reliability/odd.py [--pipeline small]

It prints one object: how many kinds, how many were read, how many rejected and for which class of error, and whether
the ordinary articles came through, the build ended well, and the folder opens, validates and exports.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SENTENCE = "The minister of Norway met the president of Chile in Oslo on Monday."
GOOD = {"id": "good", "title": "Ministers meet", "text": SENTENCE, "published": "2024-05-03"}
FIELDS = ("id", "title", "text", "published", "publisher", "url", "language")
VALUES = {
    "nothing": None, "empty": "", "spaces": "   ", "number": 7, "minus": -1, "long number": 10**4000, "true": True,
    "list": ["a"], "object": {"a": 1}, "nul": "a\0b", "escape": "a\x1b[2Jb", "delete": "a\x7fb", "c1": "a\x9bb",
    "half": "a\ud800b", "other half": "\udfff", "no character": "a\uffffb", "direction": "a\u202eb", "joiner": "a\u200db",
    "combining": "e" + "\u0301" * 500, "wide": "\U0001f600" * 50, "private": "\ue000", "quotes": "\"'`“”", "markup":
    "<script>alert(1)</script>", "formula": "=1+1", "template": "{{7*7}}${7*7}", "path": "../../etc/passwd", "iri":
    "http://a/b c<>\"{}|\\^`", "newlines": "a\r\n\r\nb\rc\u2028d\u2029e\x85f", "tab": "a\tb", "bom": "\ufeffa", "sql":
    "'; DROP TABLE x; --", "percent": "%00%ff%n%s", "long": "a" * 100_000, "long words": "word " * 20_000, "date":
    "2024-13-45", "old date": "0000-00-00", "far date": "99999-01-01", "language": "de",
}  # fmt: skip
TEXTS = {
    "commas": "a, " * 5_000, "of the": "the head of " * 3_000 + "it.", "ampersands": "&" * 50_000, "tags": "<a " * 20_000,
    "divs": "<div>x" * 20_000, "lines": "x\n" * 50_000, "quotation marks": '"' * 20_000, "brackets": "(" * 20_000,
    "one word": "a" * 300_000, "one letter": "a", "points": "." * 20_000, "and": "Norway and " * 3_000 + "Chile met.",
    "said": "he said that " * 2_000 + "it is so.", "numbers": "1 " * 20_000, "capitals": "THE MINISTER MET. " * 500,
    "semicolons": "Norway met Chile; " * 2_000, "hyphens": "a-" * 20_000, "urls": "http://a.b/c " * 5_000,
    "emoji": "\U0001f600 " * 5_000, "chinese": "部长在奥斯陆会见了总统。" * 50, "arabic": "التقى الوزير بالرئيس في أوسلو. " * 50,
    "german": "Der Minister traf am Montag in Oslo den Präsidenten. " * 5, "colons": "a: " * 5_000,
    "questions": "Who? " * 5_000, "apostrophes": "a's " * 5_000, "title": "Mr. " * 5_000, "months": "May 1 " * 5_000,
    "amounts": "$5 million " * 3_000, "weapons": "missiles and " * 3_000, "which": "Norway, which " * 2_000 + "left.",
}  # fmt: skip
FILES: dict[str, bytes] = {
    "empty.txt": b"", "spaces.txt": b"  \n ", "nul.txt": b"a\0b", "binary.txt": bytes(range(256)) * 20,
    "latin.txt": "Le ministre à Oslo a été reçu. ".encode("latin-1") * 20, "utf16.txt": SENTENCE.encode("utf-16"),
    "utf32.txt": SENTENCE.encode("utf-32"), "bom.txt": b"\xef\xbb\xbf" + SENTENCE.encode(), "cut.txt": b"caf\xc3",
    "rtf.txt": b"{\\rtf1 " + SENTENCE.encode() + b"}", "pdf.txt": b"%PDF-1.7\n%\xe2\xe3\n", "html.txt": b"<html><p>" +
    SENTENCE.encode(), "zip.txt": b"PK\x03\x04" + bytes(100), "unknown.xyz": b"x", "nosuffix": SENTENCE.encode(),
    "empty.jsonl": b"", "bad.jsonl": b"{", "scalar.jsonl": b"1\n", "list.jsonl": b"[1]\n", "deep.jsonl": b"[" * 100_000,
    "first bad.jsonl": b"{\n" + json.dumps({**GOOD, "id": "after a bad line"}).encode(), "nan.jsonl": b'{"text": NaN}',
    "twice.jsonl": b'{"text": "a", "text": "b"}', "bytes.jsonl": b'{"text": "a\xff"}\n', "huge.json": b'{"a":' * 5_000,
    "empty.json": b"{}", "list.json": b"[]", "empty.csv": b"", "header.csv": b"text\n", "no text.csv": b"a,b\n1,2\n",
    "quote.csv": b'text\n"open\n' + SENTENCE.encode() + b"\n", "wide.csv": b"text\n" + b"a," * 10_000 + b"\n",
    "nul.csv": b"text\na\0b\n", "cr.csv": b"text\rone thing\rtwo things\r", "semicolon.csv": b"id;text\n1;" +
    SENTENCE.encode() + b"\n", "bad.parquet": b"PAR1" + bytes(50), "cut.parquet": b"PAR1", "empty.parquet": b"",
    "empty.html": b"<html></html>", "charset.html": b'<meta charset="rot13"><p>' + SENTENCE.encode(),
    "base64.html": b'<meta charset="base64"><p>' + SENTENCE.encode(), "punycode.html": b'<meta charset="punycode"><p>x',
    "undefined.html": b'<meta charset="undefined"><p>x', "idna.html": b'<meta charset="idna"><p>x', "utf7.html":
    b'<meta charset="utf-7"><p>+ADw-script+AD4-', "nested.html": b"<div>" * 20_000 + SENTENCE.encode(), "open.html":
    b"<a " * 20_000, "entities.html": b"&" * 50_000, "attributes.html": b"<p " + b"a=1 " * 20_000 + b">x", "comment.html":
    b"<!--" + b"-" * 50_000, "cdata.html": b"<![CDATA[" * 10_000, "script.html": b"<script>" + b"<" * 50_000,
    "front.md": b"---\n" + b"a: b\n" * 20_000, "date.md": b"---\ndate: 2024-99-99\n---\n" + SENTENCE.encode(),
    "yaml.md": b"---\n!!python/object/apply:os.system ['x']\n---\n" + SENTENCE.encode(), "links.md": b"[a](" * 20_000,
    "stars.md": b"*" * 20_000, "quotes.md": b"> " * 20_000, "ticks.md": b"`" * 20_000, "list.md": b"- " * 20_000,
}  # fmt: skip


def rows() -> Iterator[tuple[str, str]]:
    """A line of JSON Lines for each kind of value in each field, and for each odd text."""
    for field in FIELDS:
        for name, value in VALUES.items():
            row = {**GOOD, "id": f"{field}: {name}", "text": f"{SENTENCE} It was {field} {name}.", field: value}
            yield f"{field}: {name}", _line(row)
    for name, text in TEXTS.items():
        yield f"text of {name}", _line({**GOOD, "id": f"text of {name}", "text": text})


def _line(row: dict[str, object]) -> str:
    sys.set_int_max_str_digits(0)
    return json.dumps(row)


def write(folder: Path) -> int:
    """Put every kind into a folder; how many there are."""
    made = list(rows())
    (folder / "rows.jsonl").write_text("".join(line + "\n" for _, line in made), encoding="utf-8")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    names = [b"caf\xe9.txt", "ключ\u202e.txt".encode(), b"a\nb.txt", b"-rf.txt", b"x" * 250 + b".txt"]
    for name in names:
        (folder / os.fsdecode(name)).write_text(f"{SENTENCE} {name!r}")
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "circle").symlink_to(folder)
    (folder / "zz-last.txt").write_text(f"{SENTENCE} This is the last.")
    return len(made) + len(FILES) + len(names) + 2


def kg(*words: object) -> subprocess.CompletedProcess[str]:
    """A command of ``kg``, ended after half an hour."""
    command = [sys.executable, "-m", "kg", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=1800)


def main() -> None:
    """Run it, and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pipeline", default="small")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place) / "in", Path(place) / "out"
        folder.mkdir()
        kinds = write(folder)
        start = time.monotonic()
        build = kg("build", folder, "--out", out, "--pipeline", words.pipeline, "--json")
        seconds = time.monotonic() - start
        report = json.loads(build.stdout) if build.returncode == 0 else {}
        rejected = [json.loads(line) for line in (out / "rejected.jsonl").read_text("utf-8").splitlines()]
        after = {
            "query": kg("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--graph", out, "--format", "csv").returncode,
            "export csv": kg("export", "csv", "--graph", out).returncode,
            "export jsonld": kg("export", "jsonld", "--graph", out).returncode,
            "validate": kg("validate", "--graph", out).returncode,
        }
        ids = kg("query", "--name", "articles", "--graph", out, "--format", "json").stdout
        found = {
            "kinds": kinds,
            "exit": build.returncode,
            "traceback": "Traceback" in build.stderr,
            "articles": report.get("articles"),
            "rejected": len(rejected),
            "by class": Counter(str(row["error"]) for row in rejected),
            "rejections without a file": sum(not row["file"] for row in rejected),
            "a row behind a bad one came through": "after a bad line" in ids,
            "seconds": round(seconds),
            "exit of what came after": after,
            "stderr of a failure": build.stderr[-500:] if build.returncode else "",
        }
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
