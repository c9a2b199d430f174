"""Articles to parsed Docs: the bundled English pipelines or any installed one, with dates and amounts."""
