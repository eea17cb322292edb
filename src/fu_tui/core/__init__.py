"""Pure rules: terms, dates, cadences, wording. Imports the standard library and, lazily, pendulum; nothing else."""
