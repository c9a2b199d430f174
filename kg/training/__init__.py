"""Recipes that rebuild the bundled weights and the knowledge base from named sources."""
