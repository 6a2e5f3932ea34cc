"""GitHub, over its REST interface. `wire` carries requests, `payload` reads answers, `reader` asks, `writer` acts."""
