"""Actors: who is mentioned where, which mentions are one entity, and which Wikidata item that entity is."""
