"""The graph over HTTP: a SPARQL 1.1 endpoint, read-only and on loopback, with the page in front of it."""
