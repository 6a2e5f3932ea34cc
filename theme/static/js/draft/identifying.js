// What in a text could point to a person or a workplace: the twin of tools/mutualaid/core/entries/identifying.py, on the same
// patterns (schemas/identifying-details.yaml). tests/core/test_identifying_dialect.py holds the two together.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});

  /** Return [id, start, text] of what is found in one text; where two overlap, that of the earlier pattern stays. */
  own.findIn = (text, details, isPublic = false) => {
    const links = [...text.matchAll(new RegExp(details.link, "g"))];
    let words = text;
    for (const { 0: link, index } of links)
      words = words.slice(0, index) + "\n".repeat(link.length) + words.slice(index + link.length);
    const kept = [];
    for (const pattern of details.patterns.filter(({ always }) => always || !isPublic))
      for (const [start, held] of spans(pattern, words, links))
        if (kept.every(([, begin, other]) => start + held.length <= begin || start >= begin + other.length))
          kept.push([pattern.id, start, held]);
    return kept.sort((one, other) => one[1] - other[1]);
  };

  function* spans(pattern, words, links) {
    const pieces = pattern.within === "words" ? [[words, 0]] : links.map(({ 0: link, index }) => [link, index]);
    for (const expression of pattern.any)
      for (const [piece, offset] of pieces)
        for (const match of piece.matchAll(new RegExp(expression, "g"))) {
          const held = match[match.length - 1];
          if (held) yield [offset + match.index + match[0].length - held.length, held];
        }
  }

  /** Return what in the fields of an entry could point to somebody: {steps, id, start, text, whole}. */
  own.findings = (value, schema, details) => {
    const marked = details.public.some(([steps, mark]) => steps.reduce((at, step) => at?.[step], value) === mark);
    const found = [];
    for (const [steps, text, isPublic] of texts(value, schema, marked || schema["x-identifying"] === "public"))
      for (const [id, start, held] of own.findIn(text, details, isPublic))
        found.push({ steps, id, start, text: held, whole: text });
    return found;
  };

  function* texts(value, schema, isPublic, steps = []) {
    const mark = schema["x-identifying"];
    if (mark === "none" || schema.enum) return;
    isPublic = isPublic || mark === "public";
    if (typeof value === "string") yield [steps, value, isPublic];
    else if (Array.isArray(value))
      for (const [index, inner] of value.entries())
        yield* texts(inner, schema.items || {}, isPublic, [...steps, index]);
    else if (value && typeof value === "object")
      for (const [name, inner] of Object.entries(value))
        yield* texts(inner, schema.properties?.[name] || {}, isPublic, [...steps, name]);
  }
})();
