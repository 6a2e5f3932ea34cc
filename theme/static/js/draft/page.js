// The draft page itself: reads the form, shows what was found and how it will look, and hands the draft out. Nothing is
// sent from here, and nothing is stored before somebody asks for it.
(() => {
  "use strict";
  const own = globalThis.draftPage;
  const data = document.getElementById("draft-data");
  if (!data) return;
  const page = (own.page = JSON.parse(data.content.textContent));
  const { form, kind, details } = page;
  const { make, many } = own;
  const asks = document.querySelector(".asks");
  const live = document.querySelector(".draft-live");
  const status = live.querySelector("[role=status]");
  const part = Object.fromEntries([...live.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const act = Object.fromEntries([...live.querySelectorAll("[data-act]")].map((one) => [one.dataset.act, one]));
  const KEY = "mutualaid-draft";
  const UNTITLED = { title: "No title yet", summary: "No sentence yet." };
  const QUIET = 400;
  const LONGEST_MAIL = 1500;

  const say = (words) => {
    status.textContent = words;
  };
  own.to = (address) => {
    if (!address.startsWith("/")) return address;
    const [, place, mark] = /^\/([^#]*)(.*)$/.exec(address);
    return `${page.root}${place}${!place || place.endsWith("/") ? "index.html" : ""}${mark}`;
  };
  /** Return the HTML of an entry as its page shows it. */
  own.render = (value, view) => own.article({ entry: own.present(value, page, view), site: page.site, to: own.to });

  own.read = () => {
    const values = {};
    for (const { id, element } of form.questions) {
      const all = [...asks.querySelectorAll(`[name="${id}"]`)];
      values[id] = element === "dropdown" ? all.filter((one) => one.checked).map((one) => one.value).join(", ") : all[0].value;
    }
    return { values, consents: [...asks.querySelectorAll("[name=consents]")].map((one) => one.checked) };
  };

  own.fill = ({ values, consents }) => {
    for (const { id, element, options, multiple } of form.questions) {
      const labels = options.map(([, label]) => label);
      const chosen = multiple ? (values[id] || "").split(", ") : [values[id]];
      for (const one of asks.querySelectorAll(`[name="${id}"]`))
        if (element === "dropdown") one.checked = labels.includes(one.value) && chosen.includes(one.value);
        else one.value = values[id] || "";
    }
    asks.querySelectorAll("[name=consents]").forEach((one, at) => (one.checked = !!consents[at]));
  };

  /** Leave out what is not whole yet: items that lack a part, and groups that do. */
  const whole = (value) => {
    const isWhole = (inner, schema) => (schema.required || []).every((name) => name in inner);
    return Object.fromEntries(Object.entries(value).flatMap(([name, inner]) => {
      const schema = kind.schema.properties[name];
      const kept = schema.items?.properties ? inner.filter((one) => isWhole(one, schema.items)) : inner;
      const isGone = Array.isArray(kept) ? !kept.length : schema.properties && !isWhole(kept, schema) && name !== "privacy";
      return isGone ? [] : [[name, kept]];
    }));
  };

  /** Return what may point to somebody, also in answers that could not be taken apart yet. */
  own.look = (answers) => {
    const shaped = own.shape(answers.values, form, kind.schema);
    const held = { ...shaped.value };
    for (const { id, steps } of form.fields) if (id in shaped.raw) delete held[steps[0]];
    const found = own.findings(held, kind.schema, details)
      .map((one) => ({ ...one, field: own.fieldOf(one.steps, form).id }));
    for (const [id, text] of Object.entries(shaped.raw))
      found.push(...own.findIn(text, details).map(([name, start, held]) => ({ field: id, id: name, start, text: held, whole: text })));
    const order = form.fields.map(({ id }) => id);
    found.sort((one, other) => order.indexOf(one.field) - order.indexOf(other.field));
    const said = (id) => !["", "-"].includes(answers.values[id].trim());
    const isNew = !(answers.values.corrects || "").trim();
    const problems = own.problems(shaped, form, kind.schema).filter((one) => isNew || said(one.field));
    return { shaped, found, problems, isNew };
  };

  function showAnswers({ values }) {
    if (!part.answers) return;
    part.answers.replaceChildren(...form.questions.map(({ id, label, element }, at) => {
      const text = values[id].trim() ? values[id] : "";
      const row = make("li", {}, make("p", {}, make("strong", {}, label)));
      if (!text || element === "dropdown") {
        row.append(make("p", {}, text ? `Choose: ${text}` : make("span", { className: "soft" }, "Leave it empty")));
        return row;
      }
      const box = make("textarea", { readOnly: true, value: text, rows: element === "input" ? 1 : 4 });
      box.setAttribute("aria-label", label);
      const button = make("button", { type: "button", className: "button" }, `Copy “${label}”`);
      const next = form.questions[at + 1];
      button.addEventListener("click", () => copy(box, `“${label}” is copied. ${next ? `Next: ${next.label}.` : "That was the last."}`));
      row.append(box, make("p", {}, button));
      return row;
    }));
  }

  async function copy(box, done) {
    try {
      await navigator.clipboard.writeText(box.value);
      say(done);
    } catch {
      box.focus();
      box.select();
      say("This browser does not let the page copy. The text is selected: copy it with your keyboard or by a long press.");
    }
  }

  function showMail(answers) {
    part.mail.value = own.asPlain(answers, form);
    if (!part.mailto) return;
    const body = part.mail.value.length > LONGEST_MAIL ? "" : `&body=${encodeURIComponent(part.mail.value.replace(/\n/g, "\r\n"))}`;
    part.mailto.href = `mailto:${part.mailto.dataset.to}?subject=${encodeURIComponent("For the site")}${body}`;
  }

  let told = "";
  function refresh() {
    const answers = own.read();
    const { shaped, found, problems, isNew } = own.look(answers);
    own.showFound(found, asks, part.findings);
    const open = own.showProblems(problems, answers, part.problems);
    const isBlank = !Object.values(answers.values).some((one) => one.trim());
    part.correction.hidden = isNew;
    if (isBlank) part.findings.replaceChildren(make("p", { className: "soft" }, "Nothing is typed yet."));
    part.preview.innerHTML = own.render({ ...UNTITLED, ...whole(shaped.value) }, "read");
    showAnswers(answers);
    showMail(answers);
    if (act.keep.checked) keep(answers);
    const words = `${many(found.length, "detail", "details")} may point to somebody. ${many(open, "thing is", "things are")} missing or to mend.`;
    if (words !== told && !isBlank) say((told = words));
  }

  /** Return the drafts that are kept in this browser, by kind. */
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const keep = (answers) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...kept(), [kind.name]: answers }));
    } catch {
      act.keep.checked = false;
      say("This browser does not let the page keep anything.");
    }
  };
  const forget = () => {
    const { [kind.name]: gone, ...others } = kept();
    if (!gone) return;
    if (Object.keys(others).length) localStorage.setItem(KEY, JSON.stringify(others));
    else localStorage.removeItem(KEY);
  };

  let waiting = 0;
  asks.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, QUIET);
  });
  asks.addEventListener("submit", (event) => event.preventDefault());
  part.preview.addEventListener("click", (event) => {
    if (!event.target.closest("a")) return;
    event.preventDefault();
    say("Links lead somewhere once the entry is published.");
  });
  act.mail.addEventListener("click", () => copy(part.mail, "The text is copied."));
  act.print.addEventListener("click", () => print());
  act.file.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([own.asForm(own.read(), form)], { type: "text/plain" }));
    make("a", { href: address, download: "draft.txt" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    say("The file draft.txt is saved with your downloads.");
  });
  act.keep.addEventListener("change", () => {
    if (act.keep.checked) keep(own.read());
    else forget();
    say(act.keep.checked ? "What you type is kept in this browser." : "Nothing is kept any more.");
  });
  act.forget.addEventListener("click", () => {
    forget();
    asks.reset();
    act.keep.checked = false;
    refresh();
    say("This draft is forgotten, here and in this browser.");
  });
  addEventListener("beforeprint", () => {
    for (const box of asks.querySelectorAll("input[type=text], textarea")) {
      const ask = box.closest(".asked");
      ask.querySelector(".typed")?.remove();
      if (box.value.trim()) ask.append(make("div", { className: "typed paper-only" }, box.value));
    }
  });

  const earlier = kept()[kind.name];
  act.keep.checked = Boolean(earlier);
  if (earlier) own.fill(earlier);
  document.querySelector("[data-without-script]").hidden = true;
  document.querySelector("[data-with-script]").hidden = false;
  live.hidden = false;
  refresh();
})();
