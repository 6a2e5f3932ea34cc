"""Values as GitHub writes them in its answers. Nothing here decides anything."""
