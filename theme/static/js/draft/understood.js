// What is read in each answer, in words: items one a line, their parts between bars, choices by their label. It does not
// judge; the bot reads the answer anew and says what is wrong. Where an item names a page, address, title and date are
// told apart as in tools/mutualaid/core/forms/addressed_items.py, on the same expressions.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const MARK = /^(?:[-*•·–]|[0-9]{1,2}[.)])\s+/;

  const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
  const YEAR = new RegExp(`^\\W*(?:(?:${MONTH}|[0-9]{1,2}(?:st|nd|rd|th)?|of|the|in|published)[ ,./-]+)*(?:19|20)[0-9]{2}(?:[-/. ](?:[0-9]{1,2}|${MONTH})){0,2}\\W*$`, "i");
  const RECORD = /^(?:@[a-z]+\s*\{|TY {2}- )/im;
  const AROUND = /^[\s:;,.|<>*_=→•·~@–—-]+|[\s:;,.|<>*_=→•·~@–—-]+$/g;
  const PAIRS = ["()", "[]", "“”"];

  const partsOf = (item, asked) => {
    const { titles, formats, ends } = asked;
    const parts = item.split(/(?:^|\s+)\|(?=\s|$)/).map((part) => part.trim());
    const isNamed = (part, at) => at && ends.some((end) => part.toLowerCase().startsWith(`${end.toLowerCase()}:`));
    const row = parts.filter((part, at) => !isNamed(part, at));
    const read = (formats.includes("iri") ? reread(row, formats) : row).map((part, at) => part && titles[at] ? `${titles[at]}: ${part}` : part);
    return [...read, ...parts.filter(isNamed)].filter(Boolean).join(" · ");
  };
  const like = (name, flags = "i") => new RegExp(own.page.reading[name], flags);
  const addressesIn = (text) =>
    [...text.matchAll(like("address", "gi"))].filter(({ 0: found, index }) =>
      !index || /^https?:\/\//i.test(found) || !/[\w/@.:%-]/.test(text[index - 1]));
  const isAll = (name, text) => new RegExp(`^(?:${own.page.reading[name]})$`, "i").test(text);

  /** Return the parts in their order; as they were where there is no one reading. */
  function reread(parts, formats) {
    const place = formats.indexOf("iri"), dated = formats.indexOf("edtf"), worded = formats.indexOf("");
    const isWhole = (text) => !/[\s|]|\]\(/.test(text) && addressesIn(text)[0]?.index === 0;
    if (isWhole(parts[place] || "") && !parts.some((part, at) => at !== place && addressesIn(part).length)) return parts;
    const pieces = parts.filter(Boolean).map(piecesOf);
    const every = pieces.flat().filter(([, isAddress]) => isAddress).map(([text]) => unwrapped(text));
    const pages = every.filter((one) => !/^https?:\/\/(?:web\.)?archive\./.test(one));
    const addresses = pages.length && every.every((one) => one.endsWith(pages[0].replace(/^.*\/\//, ""))) ? pages : every;
    const copies = every.filter((one) => !addresses.includes(one)).map((one) => `Archived copy: ${one}`);
    let words = pieces.map((own) => own.filter(([, isAddress]) => !isAddress).map(([text]) => tidied(text)).filter(Boolean));
    const dates = dated < 0 ? [] : words.slice(addresses.length ? 0 : 1).flat().filter((text) => YEAR.test(text)).slice(-1);
    words = words.map((own) => own.filter((text) => !dates.includes(text)));
    if (new Set(addresses).size > 1 || !(addresses.length || dates.length) || words.some((own) => own.length > 1)) return parts;
    const made = [];
    made[worded] = words.flat()[0] || (worded ? "" : siteOf(addresses[0]));
    made[place] = addresses[0] || "";
    if (dated >= 0) made[dated] = dates[0] || "";
    return [...made, ...words.flat().slice(1), ...copies.slice(0, 1)];
  }
  const siteOf = (address) => (/^(?:doi\b|10\.)/i.test(address) ? "doi.org" : address.replace(/^[^/]*\/\//, "").replace(/^www\.|[/?#].*/g, ""));

  const piecesOf = (text) =>
    text.replace(like("link", "gi"), (_, words, to, href, inner) => `${words ?? inner ?? ""}\n${to ?? href}\n`).split("\n")
      .flatMap((line) => addressesIn(line).length && !isAll("doi_with_bar", line) ? line.split(/\s*[|¦]\s*/) : [line])
      .flatMap((piece) => {
        const found = addressesIn(piece);
        const ends = [0, ...found.map(({ 0: address, index }) => index + address.length)];
        const between = ends.map((end, at) => piece.slice(end, found[at]?.index));
        return between.flatMap((words, at) => [
          [(at && at === found.length ? words.replace(like("accessed"), "") : words).replace(like("named"), ""), false],
          ...(found[at] ? [[found[at][0], true]] : []),
        ]);
      });

  function tidied(text) {
    let plain = text.replace(AROUND, "").replace(like("leads_on"), "").replace(AROUND, "");
    for (const [open, close] of PAIRS) {
      const more = plain.split(open).length - plain.split(close).length;
      while (more > 0 && plain.endsWith(open)) plain = plain.slice(0, -1).replace(AROUND, "");
      while (more < 0 && plain.startsWith(close)) plain = plain.slice(1).replace(AROUND, "");
    }
    if (isAll("quoted", plain)) plain = plain.slice(1, -1);
    return isAll("no_words", plain) ? "" : plain;
  }

  function unwrapped(text) {
    for (let before = ""; before !== text; ) {
      before = text;
      text = text.replace(/^["'“‘«`<([*|]+|["'”’»`*|.,;:!?…。，、]+$/g, "");
      for (const [open, close] of [...PAIRS, "<>"])
        if (text.endsWith(close) && text.split(close).length > text.split(open).length) text = text.slice(0, -1);
    }
    return text;
  }
  const itemsOf = (text) => {
    const items = [];
    for (const line of text.split("\n"))
      if (line.trim() && (!/^\s/.test(line) || !items.length)) items.push(line.trim().replace(MARK, ""));
      else if (line.trim()) items[items.length - 1] += ` ${line.trim()}`;
    return items;
  };

  /** Return [label, [line, …]] for each answered question. */
  own.understood = ({ values }, form) =>
    form.questions.filter(({ id }) => values[id].trim()).map((asked) => {
      const { id, label, titles, list } = asked, text = values[id].trim();
      if (titles.length && RECORD.test(text)) return [label, ["A record of BibTeX or RIS. Title, author, date and link are read from it."]];
      if (list) return [label, itemsOf(text).map((item) => partsOf(item, asked))];
      return [label, titles.length ? [partsOf(text, asked)] : text.split(/\n\s*\n/)];
    });

  /** Return {found, missing}: details that may point to somebody, and questions that need an answer. */
  own.look = ({ values }, form, details) => {
    const isPublic = details.public.some(([[name], mark]) => {
      const asked = form.questions.find(({ steps }) => steps[0] === name);
      return asked?.options.some(([value, label]) => value === mark && label === values[asked.id]);
    });
    const found = form.questions.filter(({ mark, options }) => mark !== "none" && !options.length).flatMap(({ id, mark }) =>
      own.findIn(values[id], details, isPublic || mark === "public")
        .map(([name, start, text]) => ({ field: id, id: name, start, text, whole: values[id] })));
    const missing = form.questions.filter(({ id, required }) => required && !values[id].trim());
    return { found, missing: missing.map(({ id }) => id) };
  };
})();
