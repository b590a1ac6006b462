"""The shared vocabulary of themes, and reading what people say. Public: vocabulary, story, danger."""
