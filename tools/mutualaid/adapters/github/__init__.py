"""GitHub, over its REST interface. `client` carries requests, `payload` reads answers, `reader` asks, `writer` acts."""
