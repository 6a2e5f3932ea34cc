// The draft page itself: reads the form, shows what was found and what is read in it, and hands the draft out. Nothing is
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
  const QUIET = 400;
  const LONGEST_MAIL = 1500;

  const say = (words) => {
    status.textContent = words;
  };
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

  function showAnswers({ values }) {
    if (!part.answers) return;
    const short = form.questions.filter((asked) => asked.is_short);
    part.answers.replaceChildren(...short.map(({ id, label, element }, at) => {
      const text = values[id].trim() ? values[id] : "";
      const row = make("li", {}, make("p", {}, make("strong", {}, label)));
      if (!text || element === "dropdown") {
        row.append(make("p", {}, text ? `Choose: ${text}` : make("span", { className: "soft" }, "Leave it empty")));
        return row;
      }
      const box = make("textarea", { readOnly: true, value: text, rows: element === "input" ? 1 : 4 });
      box.setAttribute("aria-label", label);
      const button = make("button", { type: "button", className: "button" }, `Copy “${label}”`);
      const next = short[at + 1];
      button.addEventListener("click", () => copy(box, `“${label}” is copied. ${next ? `Next: ${next.label}.` : "That was the last."}`));
      row.append(box, make("p", {}, button));
      return row;
    }));
    part.added.value = own.added({ values }, form);
    part.added.parentNode.hidden = !part.added.value;
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

  function showUnderstood(answers) {
    part.understood.replaceChildren(make("dl", { className: "understood" }, ...own.understood(answers, form)
      .flatMap(([label, lines]) => [make("dt", {}, label), ...lines.map((line) => make("dd", {}, line))])));
  }

  let told = "";
  function refresh() {
    const answers = own.read();
    const isBlank = !Object.values(answers.values).some((text) => text.trim());
    const { found, missing } = own.look(answers, form, details);
    own.showFound(found, asks, part.findings);
    const open = own.showMissing(missing, answers, part.problems);
    if (isBlank)
      for (const place of [part.findings, part.problems, part.understood])
        place.replaceChildren(make("p", { className: "soft" }, "Nothing is typed yet."));
    else showUnderstood(answers);
    showAnswers(answers);
    showMail(answers);
    if (act.keep.checked) keep(answers);
    const words = `${many(found.length, "detail", "details")} may point to somebody. ${many(open, "thing is", "things are")} still missing.`;
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
  for (const name of ["mail", "added"])
    act[name]?.addEventListener("click", () => copy(part[name], "The text is copied."));
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
  live.hidden = false;
  refresh();
})();
