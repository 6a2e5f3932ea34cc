// What in a text could point to a person or a workplace: the twin of tools/mutualaid/core/entries/identifying.py, on the same
// patterns (schemas/identifying-details.yaml). tests/core/entries/test_identifying_dialect.py holds the two together.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});

  const MARKS = /[\u0300-\u036f]/g;

  /** Return [id, start, text] of what is found in one text; where two overlap, that of the earlier pattern stays. */
  own.findIn = (text, details, isPublic = false) => {
    const [plain, places] = plainly(text, details.alike);
    const links = [...plain.matchAll(new RegExp(details.link, "g"))].map(({ 0: link, index }) => [link, index]);
    let shown = plain;
    for (const [link, index] of links)
      shown = shown.slice(0, index) + "\n".repeat(link.length) + shown.slice(index + link.length);
    const words = [[shown, 0]];
    const addresses = [[plain.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()), 0]];
    const pieces = { words, marked: words, links, addresses };
    const kept = [];
    for (const pattern of details.patterns.filter(({ always }) => always || !isPublic))
      for (const [begin, stop] of spans(pattern, pieces[pattern.within])) {
        const [start, end] = [places[begin], places[stop]];
        const held = text.slice(start, end);
        const isSought = pattern.within !== "marked" || held !== plain.slice(begin, stop);
        if (isSought && kept.every(([, other, { length }]) => end <= other || start >= other + length))
          kept.push([pattern.id, start, held]);
      }
    return kept.sort((one, other) => one[1] - other[1]);
  };

  /** Return a text as the patterns read it, and where each sign of it is in `text`. */
  function plainly(text, alike) {
    const places = [];
    let plain = "";
    for (let at = 0; at < text.length; at++) {
      if (text[at].search(MARKS) === 0) continue;
      places.push(at);
      plain += text[at] < "\u0080" ? text[at] : plainSign(text[at], alike);
    }
    return [plain, [...places, text.length]];
  }

  function plainSign(sign, alike) {
    let bare = (alike[sign] || sign).normalize("NFKD").replace(MARKS, "");
    bare = alike[bare] || bare;
    return bare.length === 1 && bare < "\u0080" ? bare : sign;
  }

  function* spans(pattern, pieces) {
    for (const expression of pattern.any)
      for (const [piece, offset] of pieces)
        for (const match of piece.matchAll(new RegExp(expression, "g"))) {
          const held = match[match.length - 1];
          const end = offset + match.index + match[0].length;
          if (held) yield [end - held.length, end];
        }
  }
})();
