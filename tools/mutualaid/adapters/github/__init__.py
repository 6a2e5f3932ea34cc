"""GitHub, over its REST interface. `client` carries requests, `read` asks, `write` acts."""
