"""What is counted: recipes, vocabularies, documents by terms, and patterns over the encoded text of a corpus."""
