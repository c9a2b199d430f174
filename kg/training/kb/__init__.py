"""Builds the knowledge base of actors and places: one reader for each kind of source, then checks, then one file."""
