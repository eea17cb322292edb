"""The command line: words in, one verb of the desk, words or JSON out. No SQL, no date arithmetic, no Textual."""
