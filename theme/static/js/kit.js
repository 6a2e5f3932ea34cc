// The workshop kit: a list on this page, kept by the browser only after the reader has asked for it. Sends nothing.
(() => {
  "use strict";
  const KEY = "mutualaid-kit", BREAK = 10;
  const STORES = { device: "localStorage", tab: "sessionStorage" };
  const one = (what, inside = document) => inside.querySelector(what);
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  const list = one(".kit-plan"), said = one(".kit-said"), total = one(".kit-total"), text = one(".kit-text");
  const out = one(".kit-out"), work = one(".kit-work"), count = one("#own-exercises"), ownTitle = document.title;
  const fields = { name: one("#kit-name"), start: one("#kit-start"), have: one("#kit-have") };
  const selects = all(".kit-fields select"), rows = all("[data-held]"), boxes = all(".kit-picks input");
  const picks = { b: { title: "Break", least: 1, most: BREAK } };
  let kit = [], kept = "", loading = null;

  const make = (tag, words = "", className = "") => Object.assign(document.createElement(tag), { textContent: words, className });
  const button = (words, press, more = "") => {
    const made = make("button", words, "button");
    made.type = "button";
    if (more) made.append(make("span", ` ${more}`, "unseen"));
    made.addEventListener("click", press);
    return made;
  };
  const minutes = number => `${number} ${number === 1 ? "minute" : "minutes"}`;
  const sum = () => kit.reduce((before, item) => before + item.m, 0);
  const title = item => picks[item.id].title;
  const has = id => kit.some(item => item.id === id);
  const whole = (words, most) => {
    const number = Math.round(+words);
    return number >= 1 ? Math.min(number, most) : 0;
  };

  // -- what is stored: nothing before the reader has pressed a button for it --
  const stored = () => {
    for (const [where, store] of Object.entries(STORES)) {
      try {
        const words = JSON.parse(window[store].getItem(KEY));
        if (words && typeof words === "object") return { where, words };
      } catch { /* A store that can't be opened or read holds nothing for us. */ }
    }
    return null;
  };
  const save = () => {
    if (!kept) return true;
    const words = { v: 1, items: kit, name: fields.name.value, start: fields.start.value, have: fields.have.value };
    try { window[STORES[kept]].setItem(KEY, JSON.stringify(words)); return true; } catch { kept = ""; return false; }
  };
  const clear = () => Object.values(STORES).forEach(store => {
    try {
      Object.keys(window[store]).filter(name => name.startsWith("mutualaid")).forEach(name => window[store].removeItem(name));
    } catch { /* What can't be opened holds nothing of ours. */ }
  });
  const keep = where => {
    try { sessionStorage.removeItem(KEY); } catch { /* It held nothing. */ }
    kept = where;
    show(save() ? `This ${where === "tab" ? "tab" : "browser"} keeps the list now.` : "This browser would not keep it. Print it instead.");
    one("[data-do=forget]").focus();
  };
  const forget = () => {
    clear();
    kit = [];
    kept = "";
    Object.values(fields).forEach(field => { field.value = ""; });
    close();
    show("Forgotten. The list is empty, and this site keeps nothing in this browser.");
  };
  const take = items => (Array.isArray(items) ? items : []).forEach(item => {
    if (!item || !Object.hasOwn(picks, item.id) || item.id !== "b" && has(item.id)) return;
    kit.push({ id: item.id, m: whole(item.m, 480) || picks[item.id].most });
  });

  // -- the plan --
  const inWords = () => {
    const have = whole(fields.have.value, 1440), left = have - sum();
    if (!kit.length) return "Nothing is picked yet. Tick exercises in the list.";
    const words = `${kit.length} ${kit.length === 1 ? "part" : "parts"}, ${minutes(sum())} in all.`;
    if (!have) return words;
    return `${words} ${left < 0 ? `That is ${minutes(-left)} too long.` : left ? `${minutes(left)} are left.` : "That fills your time."}`;
  };
  // Running time before part `index`: of day where a start is given, else from 0:00.
  const clock = index => {
    const start = /^(\d\d):(\d\d)/.exec(fields.start.value);
    const at = kit.slice(0, index).reduce((before, item) => before + item.m, start ? start[1] * 60 + +start[2] : 0);
    const hour = Math.floor(at / 60) % 24;
    return `${start ? hour % 12 || 12 : hour}:${String(at % 60).padStart(2, "0")}`;
  };
  const span = () => `${clock(0)} to ${clock(kit.length)}, ${minutes(sum())}`;
  const show = words => {
    list.replaceChildren(...kit.map(row));
    boxes.forEach(box => {
      box.checked = has(box.value);
      one(".kit-go", box.closest("li"))?.remove();
      if (!box.checked) return;
      const go = Object.assign(make("a", "To the plan", "kit-go plain-link"), { href: "#plan" });
      box.parentNode.after(go);
    });
    all("[data-kept]").forEach(part => { part.hidden = !part.dataset.kept.split(" ").includes(kept || "no"); });
    text.hidden = true;
    tell(words);
  };
  // Write the times anew and leave all controls in place: one of them may be what the reader is about to press.
  const tell = (words = "") => {
    kit.forEach((item, index) => { one(".kit-what", list.children[index]).textContent = `${clock(index)} ${title(item)}`; });
    total.textContent = inWords();
    if (words) said.textContent = words;
  };
  const announce = (words, how) => {
    const could = save();
    how(`${words} ${inWords()}${could ? "" : " This browser would not keep it."}`.trim());
  };
  const changed = (words, index, focus) => {
    announce(words, show);
    if (focus) (one(focus, list.children[index]) ?? one("[data-do=break]")).focus();
  };
  const move = (from, to) => {
    kit.splice(to, 0, kit.splice(from, 1)[0]);
    const act = to < from ? (to ? "up" : "down") : (to < kit.length - 1 ? "down" : "up");
    changed(`${title(kit[to])} is now ${to + 1} of ${kit.length}.`, to, `[data-act=${act}]`);
  };
  const row = (item, index) => {
    const line = make("li"), label = make("label", "Minutes"), acts = make("p", "", "kit-acts");
    const field = Object.assign(make("input"), { type: "number", min: 1, max: 480, value: item.m, inputMode: "numeric", autocomplete: "off" });
    field.addEventListener("change", () => {
      const { least, most } = picks[item.id];
      item.m = whole(field.value, 480) || most;
      field.value = item.m;
      announce(`${title(item)}: ${minutes(item.m)}.${item.m < least ? ` Its shortest time is ${minutes(least)}.` : ""}`, tell);
    });
    const act = (name, words, press) => {
      const made = button(words, press, title(item));
      made.dataset.act = name;
      acts.append(made);
    };
    label.append(make("span", ` for ${title(item)}`, "unseen"), field);
    acts.append(label);
    if (index) act("up", "Up", () => move(index, index - 1));
    if (index < kit.length - 1) act("down", "Down", () => move(index, index + 1));
    act("out", "Take out", () => {
      kit.splice(index, 1);
      changed(`${title(item)} is taken out.`, Math.min(index, kit.length - 1), "[data-act=out]");
    });
    line.append(make("p", "", "kit-what"), acts);
    return line;
  };

  // -- the list, narrowed: a choice that would change nothing, or leave nothing, isn't offered --
  const narrow = () => {
    const fits = (row, other) => selects.every(({ id, value }) =>
      id === other || !value || row.dataset.held.split(" ").includes(value));
    rows.forEach(row => { row.hidden = !fits(row); });
    selects.forEach(select => {
      const open = rows.filter(row => fits(row, select.id));
      [...select.options].filter(option => option.value).forEach(option => {
        const size = open.filter(row => row.dataset.held.split(" ").includes(option.value)).length;
        option.hidden = option.disabled = !option.selected && (!size || size === open.length);
      });
    });
    const shown = rows.filter(row => !row.hidden).length;
    return `${shown === rows.length ? shown : `${shown} of ${rows.length}`} exercises`;
  };

  // -- the sheets: what makes them, and the texts of all exercises, are two files, the same whatever was picked --
  const script = address => new Promise((done, failed) => {
    document.head.append(Object.assign(make("script"), { src: address, onload: done, onerror: failed }));
  });
  const load = () => {
    loading ??= Promise.all([script(out.dataset.maker), script(out.dataset.texts)]);
    loading.catch(() => { loading = null; });
    return loading;
  };
  const sheet = async kind => {
    if (!kit.length) { said.textContent = inWords(); return; }
    try { await load(); } catch {
      said.textContent = "The texts of the exercises did not load. Press again, or print each exercise from its own page.";
      return;
    }
    const name = fields.name.value.trim() || (kind === "lead" ? "Plan of the session" : "Handout");
    const ways = make("p", "", "kit-ways"), back = button("Back to the kit", () => { close(); one(`[data-do=${kind}]`).focus(); });
    const parts = kit.map((item, index) => ({ id: item.id, at: clock(index), minutes: item.m, title: title(item) }));
    ways.append(button("Print", () => print()), back);
    out.onkeydown = event => { if (event.key === "Escape") back.click(); };
    out.replaceChildren(ways, globalThis.kitSheet(kind, name, span(), parts));
    out.hidden = false;
    work.hidden = true;
    document.title = name;
    out.focus();
    scrollTo(0, 0);
  };
  const close = () => {
    out.hidden = true;
    out.replaceChildren();
    work.hidden = false;
    document.title = ownTitle;
  };

  // -- begin --
  const acts = {
    "break": () => { take([{ id: "b" }]); changed("A break is added at the end."); },
    lead: () => sheet("lead"),
    handout: () => sheet("handout"),
    copy: async () => {
      if (!kit.length) { said.textContent = inWords(); return; }
      text.value = [fields.name.value.trim() || "Plan of the session", span(), "",
        ...kit.map((item, index) => `${clock(index)} ${title(item)} (${minutes(item.m)})`)].join("\n");
      try {
        await navigator.clipboard.writeText(text.value);
        said.textContent = "The plan is copied as text.";
      } catch {
        text.hidden = false;
        text.focus();
        text.select();
        said.textContent = "This browser does not let the page copy. The text is selected: copy it with your keyboard or by a long press.";
      }
    },
    tab: () => keep("tab"),
    device: () => keep("device"),
    forget,
  };
  // What is kept may have changed meanwhile: in another tab, or before the reader came back to this page.
  const open = () => {
    const before = stored();
    if (!before && !kept) return;
    if (kept) kit = [];
    kept = before?.where ?? "";
    take(before?.words.items);
    Object.entries(fields).forEach(([name, field]) => { field.value = before?.words[name] ?? ""; });
    show(inWords());
  };
  boxes.forEach(box => {
    picks[box.value] = { title: one("b", box.parentNode).textContent, least: +box.dataset.least, most: +box.dataset.most };
    box.addEventListener("change", () => {
      if (box.checked) take([{ id: box.value }]);
      else kit = kit.filter(item => item.id !== box.value);
      changed(`${title({ id: box.value })} ${box.checked ? "is in the kit." : "is taken out."}`);
    });
  });
  Object.values(fields).forEach(field => {
    field.addEventListener("input", () => { save(); tell(); });
    field.addEventListener("change", () => announce("", tell));
  });
  selects.forEach(select => select.addEventListener("change", () => { count.textContent = said.textContent = narrow(); }));
  all("[data-do]").forEach(press => press.addEventListener("click", acts[press.dataset.do]));
  addEventListener("storage", () => { if (kept) open(); });
  addEventListener("pageshow", event => { if (event.persisted) open(); });

  one("[data-paper]").hidden = true;
  all(".kit-work [data-scripted]").forEach(part => { part.hidden = false; });
  out.tabIndex = -1;
  out.setAttribute("role", "region");
  out.setAttribute("aria-labelledby", "kit-sheet-title");
  narrow();
  open();
  const asked = new URLSearchParams(location.hash.slice(1)).get("add");
  if (asked) {
    take([{ id: asked }]);
    // The address bar and the history forget what was asked for.
    history.replaceState(null, "", location.pathname + location.search);
    save();
  }
  show(asked && !kept ? `${inWords()} What you add on other pages isn’t kept: pick it here.` : inWords());
})();
