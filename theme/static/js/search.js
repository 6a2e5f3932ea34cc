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
  const FIRST = { "Help": 3.5, "Guide page": 2, "Path": 2, "Glossary": 1.3 };
  const LEAST = 5;
  const UNNAMED = 0.6;
  const NAMING = new Set(["title", "place", "line", "heads"]);
  let small = new Set();
  let loading = null;
  let shown = 0;
  let rows = [];
  let asked = 0;

  const at = address => new URL(address, document.baseURI).href;
  const many = count => `${count} ${count === 1 ? "result" : "results"}`;
  const asking = () => new URLSearchParams(location.hash.slice(1)).get("q");

  const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/['’](?:s\b)?/g, "");
  const stem = word => {
    if (word.length < 4) return word;
    const root = word.replace(/(\p{L}\p{L})ies$/u, "$1y").replace(/([^s])s$/, "$1").replace(/^(\p{L}{4,}?)(?:ing|ed|e)$/u, "$1");
    return root.length > 4 ? root.replace(/(\p{L})\1/gu, "$1") : root;
  };
  const wordsOf = text => (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem);
  const notSmall = words => {
    const kept = words.filter(word => !small.has(word));
    return kept.length ? kept : words;
  };

  const script = address => new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = at(address);
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
    document.head.append(element);
  });

  const breath = () => new Promise(done => { setTimeout(done); });
  const FIELDS = ["title", "place", "line", "heads", "words"];
  const OPTIONS = {
    fields: FIELDS,
    searchOptions: {
      boost: { title: 6, place: 6, line: 2, heads: 2 },
      prefix: term => term.length > 3,
      weights: { prefix: 0.2, fuzzy: 0 },
      tokenize: term => [term],
      processTerm: term => term,
    },
  };
  /* The words of all texts come as each word with the pages that hold it; the engine takes them as an index it has saved.
     A pause after each part lets a slow phone scroll and type meanwhile. */
  const engineOf = async ({ pages, words }) => {
    const terms = new Map(), lengths = pages.map(() => FIELDS.map(() => 0));
    const note = (term, field, ids) => {
      if (!terms.has(term)) terms.set(term, {});
      const held = (terms.get(term)[field] ??= {});
      ids.forEach(id => {
        held[id] = (held[id] ?? 0) + 1;
        if (held[id] === 1) lengths[id][field] += 1;
      });
    };
    for (const [id, [address, title, , line, , heads = ""]] of pages.entries()) {
      const place = address.split(/[/#]+/).filter(Boolean).pop();
      [title, place, line, heads].forEach((text, field) => wordsOf(text).forEach(term => note(term, field, [id])));
      if (id % 500 === 0) await breath();
    }
    const all = words.split(" ");
    for (let place = 0; place < all.length; place += 2) {
      let id = -1;
      note(wordsOf(all[place])[0], 4, Array.from(all[place + 1], gap => id += gap.codePointAt(0) - 34));
      if (place % 500 === 0) await breath();
    }
    const engine = await globalThis.MiniSearch.loadJSAsync({
      documentCount: pages.length,
      nextId: pages.length,
      documentIds: pages.map((_, id) => id),
      fieldIds: Object.fromEntries(FIELDS.map((name, field) => [name, field])),
      fieldLength: lengths,
      averageFieldLength: FIELDS.map((_, field) => lengths.reduce((sum, each) => sum + each[field], 0) / pages.length),
      storedFields: {},
      dirtCount: 0,
      index: [...terms],
      serializationVersion: 2,
    }, OPTIONS);
    return { engine, terms };
  };

  const load = () => {
    loading ??= Promise.all([script(form.dataset.engine), script(form.dataset.index)]).then(async () => {
      const { kinds, pages, synonyms } = globalThis.searchIndex;
      small = new Set(globalThis.searchIndex.small);
      pages.forEach(row => { row[2] = kinds[row[2]]; });
      const others = Object.entries(synonyms).map(([words, same]) => [wordsOf(words), same.map(wordsOf)])
        .sort(([one], [other]) => other.length - one.length);
      const { engine, terms } = await engineOf(globalThis.searchIndex);
      others.flatMap(([words]) => words).forEach(word => terms.has(word) || terms.set(word, {}));
      return { engine, pages, others, terms };
    });
    loading.catch(() => { loading = null; });
    return loading;
  };

  /* One slip of the pen: a letter too many, missing, wrong, or two in the wrong order. */
  const isSlip = (one, other) => {
    let same = 0;
    while (same < one.length && one[same] === other[same]) same += 1;
    const [a, b] = [one.slice(same), other.slice(same)];
    return a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || a[1] + a[0] + a.slice(2) === b;
  };
  const spelled = (word, terms) => {
    const all = [...terms.keys()];
    if (word.length < 5 || all.some(term => term.startsWith(word))) return word;
    const pages = term => Object.values(terms.get(term)).reduce((sum, held) => sum + Object.keys(held).length, 0);
    return all.filter(term => isSlip(word, term)).sort((one, other) => pages(other) - pages(one))[0] ??
      all.filter(term => term.length > 4 && word.startsWith(term)).sort((one, other) => other.length - one.length)[0] ?? word;
  };

  /* Each word, or words that have a line among the synonyms, is looked for by itself; the fewer pages hold it, the more it
     weighs. Pages that hold all of them come first, or those that hold most. Whole words count more than beginnings. */
  const found = ({ engine, pages, others, terms }, text) => {
    const every = wordsOf(text).map(word => small.has(word) ? word : spelled(word, terms));
    const words = notSmall(every);
    const all = (queries, way) => ({ combineWith: "AND", queries, ...way });
    const sums = new Map();
    let weights = 0, isWhole = true;
    for (let left = every; left.length;) {
      const [own, same] = others.find(([own]) => own.every(word => left.includes(word))) ?? [[left.find(word => words.includes(word))], []];
      if (!own[0]) break;
      left = left.filter(word => !own.includes(word));
      const queries = [all(own), ...same.map(list => all(list, { prefix: false, boostTerm: () => 0.6 }))];
      const holding = engine.search({ combineWith: "OR", queries }).map(({ id, score, match }) =>
        [id, score, Object.values(match).some(fields => fields.some(field => NAMING.has(field)))]);
      const isNaming = holding.some(([, , isNamed]) => isNamed);
      const weight = holding.length && Math.log(1 + pages.length / holding.length) * (isNaming || same.length ? 1 : UNNAMED);
      weights += weight;
      isWhole &&= weight > 0;
      holding.forEach(([id, score, isNamed]) => {
        const [sum, held] = sums.get(id) ?? [0, 0];
        sums.set(id, [sum + score * Math.min(1, weight / 2) * (isNamed ? FIRST[pages[id][2]] ?? 1 : 1), held + weight]);
      });
    }
    const asked = words.join(" ");
    const results = [...sums].map(([id, [sum, held]]) => {
      const title = notSmall(wordsOf(pages[id][1])).join(" ");
      return { id, held: held / weights, score: sum * (held / weights) ** 2 * (`${title} `.startsWith(`${asked} `) ? 2 : 1) };
    }).sort((one, other) => other.score - one.score);
    const most = Math.max(0, ...results.map(({ held }) => held));
    const isNear = ({ held, score }, place) => place < LEAST || held > most - 0.01 || score > results[0].score / 2;
    const ids = results.filter(isNear).map(({ id }) => id);
    const whole = isWhole && most > 0.99;
    return { ids: whole ? ids : ids.slice(0, STEP), whole };
  };

  const made = (tag, text, ...children) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };

  const row = ([address, title, kind, line, status]) => {
    const link = made("a", title);
    link.href = at(form.dataset.root).replace(/index\.html$/, "") + address.replace(/#|$/, "index.html$&");
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
      const { ids, whole } = found(loaded, words);
      rows = ids.map(id => loaded.pages[id]);
      tell(rows.length ? `${many(rows.length)} for “${words}”.${whole ? "" : " No page has all of these words, so these have some of them."}`
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
