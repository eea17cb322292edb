"""argv to one verb of the desk to text or JSON. Textual is imported only when the app really opens."""
