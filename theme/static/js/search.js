/* Search on the device. Engine and texts are loaded before the first word is looked up, whatever the word is, so that no
   request tells what a reader looks for. The words stand after the # of the address, which is never sent. */
(() => {
  "use strict";
  const form = document.querySelector("form[role=search]");
  const box = form.querySelector("input");
  const findings = document.querySelector(".findings");
  const said = document.querySelector(".told");
  const list = findings.querySelector("ol");
  const more = findings.querySelector("button");
  const STEP = 20;
  const SMALL_WORDS = new Set(("a about an and are as at be by can do for from get how i if in is it me my of on or our " +
    "that the their there they this to was we what when where which who why will with you your").split(" "));
  const FIRST = { "Help": 2.5, "Guide page": 3, "Path": 2, "Glossary": 1.3 };
  let loading = null;
  let shown = 0;
  let rows = [];
  let asked = 0;

  const at = address => new URL(address, document.baseURI).href;
  const many = count => `${count} ${count === 1 ? "result" : "results"}`;
  const asking = () => new URLSearchParams(location.hash.slice(1)).get("q");

  const plain = word => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’]s?$/, "");
  const stem = word => (/[^s]s$/.test(word) && word.length > 3 ? word.replace(/(?:ies)$/, "y").replace(/s$/, "") : word);
  const wordsOf = text => (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);

  const script = address => new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = at(address);
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
    document.head.append(element);
  });

  const load = () => {
    loading ??= Promise.all([script(form.dataset.engine), script(form.dataset.index)]).then(() => {
      const { pages, synonyms } = globalThis.searchIndex;
      const engine = new globalThis.MiniSearch({
        fields: ["title", "place", "line", "words"],
        tokenize: wordsOf,
        processTerm: term => term,
        searchOptions: {
          boost: { title: 6, place: 6, line: 2 },
          boostDocument: id => FIRST[pages[id][2]] ?? 1,
          tokenize: wordsOf,
          processTerm: term => term,
        },
      });
      const place = address => address.replace(/\/?index\.html.*$/, "").split("/").pop();
      engine.addAll(pages.map(([address, title, , line, , words], id) => ({ id, title, place: place(address), line, words })));
      const others = Object.entries(synonyms).map(([words, same]) => [wordsOf(words), same.map(wordsOf)]);
      return { engine, pages, others };
    });
    loading.catch(() => { loading = null; });
    return loading;
  };

  /* Each word must be there, or a word for the same thing. Whole words count more than beginnings; slips of the pen are
     looked for only where nothing else is found. */
  const query = (words, others, way) => {
    const queries = [];
    for (let place = 0; place < words.length;) {
      const same = others.filter(([own]) => own.every((word, next) => word === words[place + next]))
        .sort(([one], [other]) => other.length - one.length)[0];
      const own = words.slice(place, place + (same?.[0].length ?? 1));
      const all = list => ({ combineWith: "AND", queries: list, ...way });
      queries.push(same ? { combineWith: "OR", queries: [all(own), ...same[1].map(list => ({ ...all(list), prefix: false, boostTerm: () => 0.6 }))] }
        : all(own));
      place += own.length;
    }
    return queries;
  };

  const found = ({ engine, others }, text) => {
    const every = wordsOf(text);
    const kept = every.filter(word => !SMALL_WORDS.has(word));
    const words = kept.length ? kept : every;
    const exact = { prefix: term => term.length > 3, weights: { prefix: 0.2, fuzzy: 0.1 } };
    const ways = [
      ["AND", exact],
      ["AND", { ...exact, fuzzy: term => (term.length > 4 ? 1 : false) }],
    ];
    if (words.length > 2) ways.push(["OR", { prefix: false }]);
    for (const [combineWith, way] of ways) {
      const results = engine.search({ combineWith, queries: query(words, others, way) });
      if (results.length) return results;
    }
    return [];
  };

  const made = (tag, text, ...children) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };

  const row = ([address, title, kind, line, status]) => {
    const link = made("a", title);
    link.href = at(form.dataset.root).replace(/index\.html$/, "") + address;
    const bits = made("dl", "", made("div", "", made("dt", "Kind"), made("dd", kind)));
    if (status) bits.append(made("div", "", made("dt", "Status"), made("dd", status)));
    bits.className = "bits";
    return made("li", "", made("h3", "", link), made("p", line), bits);
  };

  const showMore = () => {
    const first = shown;
    list.append(...rows.slice(shown, shown + STEP).map(row));
    shown = list.children.length;
    const left = rows.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${Math.min(left, STEP)} more of ${many(rows.length)}`;
    if (first) list.children[first].querySelector("a").focus();
  };

  const tell = words => {
    said.textContent = words;
  };

  const run = async () => {
    const words = (asking() ?? "").trim();
    const turn = ++asked;
    list.replaceChildren();
    more.hidden = true;
    rows = [];
    shown = 0;
    findings.hidden = true;
    if (!words) return tell("");
    tell("Searching …");
    try {
      const loaded = await load();
      if (turn !== asked) return;
      rows = found(loaded, words).map(({ id }) => loaded.pages[id]);
      tell(rows.length ? `${many(rows.length)} for “${words}”.`
        : `Nothing was found for “${words}”. Try one word in place of several, or a plainer word. Or go on by one of the lists below.`);
      findings.hidden = !rows.length;
      showMore();
    } catch {
      if (turn === asked) tell("Search could not be loaded. Try again, or go on by one of the lists below.");
    }
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    const words = box.value.trim();
    const fragment = words ? `#${new URLSearchParams({ q: words })}` : "";
    if (fragment !== location.hash) history.pushState(null, "", fragment || location.pathname);
    run();
  });
  box.addEventListener("focus", () => load().catch(() => {}), { once: true });
  more.addEventListener("click", showMore);
  addEventListener("popstate", () => {
    if (asking() === null && location.hash) return;
    box.value = asking() ?? "";
    run();
  });

  form.hidden = false;
  box.value = asking() ?? "";
  if (box.value) {
    // Nothing stands below the box until the results do, so that nothing moves when they come.
    const main = form.closest("main");
    main.setAttribute("data-busy", "");
    run().finally(() => main.removeAttribute("data-busy"));
  }
})();
