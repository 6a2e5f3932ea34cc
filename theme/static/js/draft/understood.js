// What is read in each answer, in words: items one a line, their parts between bars, choices by their label. It does not
// judge; the bot reads the answer anew and says what is wrong.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const MARK = /^(?:[-*•·–]|[0-9]{1,2}[.)])\s+/;

  const partsOf = (item, titles) => {
    const parts = item.split(/(?:^|\s+)\|(?=\s|$)/).map((part) => part.trim());
    return parts.map((part, at) => (part && titles[at] ? `${titles[at]}: ${part}` : part)).filter(Boolean).join(" · ");
  };
  const itemsOf = (text) => {
    const items = [];
    for (const line of text.split("\n"))
      if (line.trim() && (!/^\s/.test(line) || !items.length)) items.push(line.trim().replace(MARK, ""));
      else if (line.trim()) items[items.length - 1] += ` ${line.trim()}`;
    return items;
  };

  /** Return [label, [line, …]] for each answered question. */
  own.understood = ({ values }, form) =>
    form.questions.filter(({ id }) => values[id].trim()).map(({ id, label, titles, list }) => {
      const text = values[id].trim();
      if (list) return [label, itemsOf(text).map((item) => partsOf(item, titles))];
      return [label, titles.length ? [partsOf(text, titles)] : text.split(/\n\s*\n/)];
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
