"""Peewee lives here: opening the file, fields, models, migrations, and the unit that writes and journals."""
