// Hints as readers see them: beside the field, and in one list that leads back to it.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const AROUND = 32;

  const make = (own.make = (tag, attributes, ...inside) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...inside);
    return element;
  });
  const many = (own.many = (count, one, several) => `${count} ${count === 1 ? one : several}`);
  const field = (id) => own.page.form.questions.find((one) => one.id === id);
  const toField = (id, words) => {
    const link = make("a", { href: `#f-${id}` }, words);
    link.addEventListener("click", () => {
      const asked = document.getElementById(`f-${id}`);
      asked.closest("details")?.setAttribute("open", "");
      asked.focus();
    });
    return link;
  };

  function asHint({ field: id, id: name, start, text, whole: all }, withName) {
    const { title, hint } = own.page.details.patterns.find((pattern) => pattern.id === name);
    const before = all.slice(Math.max(0, start - AROUND), start);
    const after = all.slice(start + text.length, start + text.length + AROUND);
    const words = make("q", {}, start > AROUND ? `…${before}` : before, make("mark", {}, text),
      start + text.length + AROUND < all.length ? `${after}…` : after);
    return make("li", {}, ...(withName ? [toField(id, field(id).label), ": "] : []), `${title}. `, words, ` ${hint}`);
  }

  /** Show what was found beside each question of the form `asks`, and in the list `place`. */
  own.showFound = (found, asks, place) => {
    for (const ask of asks.querySelectorAll(".asked")) {
      const here = found.filter((one) => one.field === ask.dataset.field);
      let list = ask.querySelector(".found");
      if (!list && here.length) list = ask.appendChild(make("ul", { className: "found" }));
      list?.replaceChildren(...here.map((one) => asHint(one, false)));
      if (list) list.hidden = !here.length;
    }
    place.replaceChildren(found.length
      ? make("ul", { className: "found" }, ...found.map((one) => asHint(one, true)))
      : make("p", { className: "soft" }, "Nothing was found. That is no promise: read it once more as your boss would."));
  };

  /** Show which questions still need an answer in `place`, and return how many things are open. */
  own.showMissing = (missing, answers, place) => {
    const { form } = own.page;
    const rows = missing.map((id) => make("li", {}, toField(id, field(id).label), " needs an answer."));
    for (const [id, line] of own.mistakable(answers, form))
      rows.push(make("li", {}, toField(id, field(id).label), ` has a line that looks like a question of this form: “${line}”. ` +
        "Write it differently, so that it can be told apart."));
    const unchecked = answers.consents.filter((one) => !one).length;
    if (unchecked)
      rows.push(make("li", {}, toField("consents", form.consent_label), `: ${many(unchecked, "box is", "boxes are")} not checked. ` +
        "Check what you can say yes to. Where you cannot, we may not publish this."));
    place.replaceChildren(rows.length
      ? make("ul", { className: "problems" }, ...rows)
      : make("p", { className: "soft" }, "Nothing is missing. Later a program compares the draft with all other entries, and a person reads it."));
    return rows.length;
  };
})();
