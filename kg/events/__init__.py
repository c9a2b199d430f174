"""Claims to PLOVER event types, with CAMEO code, Goldstein score and quad class."""
