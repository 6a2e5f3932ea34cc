// What the compiled template of an entry calls: escaping, filters, Markdown. The twin of Jinja's autoescape, of
// tools/mutualaid/site/{filters,markup}.py, and of nh3 with the same list of what may stay.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const markdown = globalThis
    .markdownit("zero", { xhtmlOut: false })
    .enable(["list", "emphasis", "link", "escape", "newline", "entity"]);
  const OF_TEXT = ["P", "UL", "OL", "LI", "EM", "STRONG", "A", "BR"];
  const OF_A_LINE = ["EM", "STRONG", "A"];
  const OTHER_SCHEME = /^(?!https:)[a-z][a-z0-9+.-]*:/i;
  const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };

  class Safe {
    constructor(html) {
      this.html = html;
    }
  }

  /** Keep the elements named in `tags` with their title, and a link's href; of other elements keep what is inside. */
  function cleaned(html, tags) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    for (const element of [...holder.content.querySelectorAll("*")]) {
      if (!tags.includes(element.tagName)) {
        element.replaceWith(...element.childNodes);
        continue;
      }
      for (const { name, value } of [...element.attributes]) {
        const stays = name === "title" || (name === "href" && element.tagName === "A" && !OTHER_SCHEME.test(value));
        if (!stays) element.removeAttribute(name);
      }
      if (element.tagName === "A") element.setAttribute("rel", "noopener noreferrer");
    }
    return new Safe(holder.innerHTML);
  }

  const isTrue = (value) => (Array.isArray(value) ? value.length > 0 : value instanceof Safe ? !!value.html : !!value);
  const is = (value, test, other) => (test === "equalto" ? value === other : isTrue(value));

  own.prose = (text) => cleaned(markdown.render(text), OF_TEXT);
  own.proseLine = (text) => cleaned(markdown.renderInline(text), OF_A_LINE);
  own.template = {
    Safe,
    isTrue,
    /** Return a value as HTML. */
    e: (value) =>
      value instanceof Safe ? value.html : String(value ?? "").replace(/[&<>"']/g, (sign) => SIGNS[sign]),
    /** Return [value, loop] for each value, with what Jinja knows of a loop. */
    each: (values, test) => {
      const kept = [...(values || [])].filter((value) => !test || test(value));
      return kept.map((value, at) =>
        [value, { index: at + 1, index0: at, first: !at, last: at === kept.length - 1, length: kept.length }]);
    },
    range: (count) => Array.from({ length: count }, (_, at) => at),
    methods: {
      endswith: (text, end) => text.endsWith(end),
      startswith: (text, start) => text.startsWith(start),
    },
    contains: (holder, value) => holder.includes(value),
    filters: {
      prose: own.prose,
      prose_line: own.proseLine,
      day: (date) => own.inWords(date),
      many: (count, one, several) => `${count.toLocaleString("en-US")} ${count === 1 ? one : several}`,
      join: (values, between = "") => values.join(between),
      lower: (text) => text.toLowerCase(),
      length: (values) => values.length,
      list: (values) => [...values],
      select: (values) => values.filter(isTrue),
      selectattr: (values, name, test, other) => values.filter((value) => is(value[name], test, other)),
      rejectattr: (values, name, test, other) => values.filter((value) => !is(value[name], test, other)),
      urlencode: (text) => encodeURIComponent(text).replace(/%2F/g, "/"),
      replace: (text, old, other) => text.split(old).join(other),
    },
  };
})();
