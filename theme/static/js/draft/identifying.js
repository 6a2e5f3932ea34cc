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
})();
