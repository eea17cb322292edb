"""What a person may set: folders, the settings file, keys, themes. No Textual in here."""
