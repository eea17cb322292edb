"""Modal questions. Each returns one value and writes nothing."""
