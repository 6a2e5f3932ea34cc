"""One module a neighbour: YAML text, folders of entries, schemas and content, the output folder."""
