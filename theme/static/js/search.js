/* Search on the device. Everything is loaded before the first word is looked up, whatever the word is, so that no
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
  let loading = null;
  let shown = 0;
  let rows = [];
  let asked = 0;

  const at = address => new URL(address, document.baseURI).href;
  const many = count => `${count} ${count === 1 ? "result" : "results"}`;
  const asking = () => new URLSearchParams(location.hash.slice(1)).get("q");

  const load = () => {
    loading ??= (async () => {
      const [engine, told] = await Promise.all([
        import(at(form.dataset.engine)),
        fetch(at(form.dataset.pages), { cache: "no-cache" }).then(answer => answer.json()),
      ]);
      await engine.options({ noWorker: true });
      await engine.preload(told.words);
      return { engine, pages: told.pages };
    })();
    loading.catch(() => { loading = null; });
    return loading;
  };

  const made = (tag, text, ...children) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  };

  const row = ([address, title, kind, line]) => {
    const link = made("a", title);
    link.href = at(form.dataset.root).replace(/index\.html$/, "") + address;
    const bits = made("dl", "", made("div", "", made("dt", "Kind"), made("dd", kind)));
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

  // A page whose title or address holds each word comes before those that only mention them, the guide's own first.
  const rank = ([address, title, kind], words) => {
    const named = `${title} ${address}`.toLowerCase();
    if (!words.every(word => named.includes(word))) return 2;
    return kind === "Guide page" || kind === "Path" ? 0 : 1;
  };

  const inOrder = (found, said) => {
    const words = said.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    return found.sort((one, other) => rank(one, words) - rank(other, words));
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
      const { engine, pages } = await load();
      const found = await engine.search(words);
      if (turn !== asked) return;
      rows = inOrder(found.results.map(result => pages[result.id]).filter(Boolean), words);
      tell(rows.length ? `${many(rows.length)} for “${words}”.`
        : `Nothing was found for “${words}”. Try one word in place of several, or a plainer word. Or go on by one of the lists below.`);
      findings.hidden = !rows.length;
      showMore();
    } catch {
      if (turn === asked) {
        tell(location.protocol === "file:"
          ? "Search works on the web only, not in a copy on a disk. Go on by one of the lists below."
          : "Search could not be loaded. Try again, or go on by one of the lists below.");
      }
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
