"""The rules: one file each, an explicit registry, and the engine that places their findings."""
