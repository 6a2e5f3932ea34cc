// A sheet of the workshop kit, to lead from or to hand out. Loaded for the first sheet, with the texts of all exercises.
globalThis.kitSheet = (kind, name, span, rows) => {
  "use strict";
  const one = (what, inside) => inside.querySelector(what);
  const make = (tag, words = "", className = "") => Object.assign(document.createElement(tag), { textContent: words, className });
  const made = make("article", "", "kit-sheet"), table = make("table"), top = make("tr"), body = make("tbody");
  const contents = rows.map(({ id }) => {
    const part = document.createElement("template");
    part.innerHTML = globalThis.kitSheets[id] ?? "";
    return part.content;
  });
  made.dataset.kind = kind;
  made.append(Object.assign(make("h1", name), { id: "kit-sheet-title" }), make("p", span), table);
  table.append(make("caption", "Running times"), make("thead"), body);
  table.tHead.append(top);
  top.append(...["From", "Minutes", "What"].map(words => Object.assign(make("th", words), { scope: "col" })));
  rows.forEach(({ at, minutes, title }) => {
    const line = make("tr");
    line.append(...[at, minutes, title].map(words => make("td", String(words))));
    body.append(line);
  });
  const things = new Set(contents.flatMap(part => [...part.querySelectorAll("[data-materials] li")].map(thing => thing.textContent)));
  if (kind === "lead" && things.size) {
    const lines = make("ul", "", "kit-bring");
    lines.append(...[...things].map(thing => make("li", thing)));
    made.append(make("h2", "To bring"), lines);
  }
  rows.forEach(({ id, at, title }, index) => {
    const content = contents[index], own = one(`[data-for=${kind}]`, content), part = make("section");
    if (kind === "handout" && !own?.children.length) return;
    content.querySelectorAll(`[data-materials], [data-for]:not([data-for=${kind}])`).forEach(each => each.remove());
    part.append(make("h2", `${at} ${title}`), content);
    if (!own) part.append(make("p", id === "b" ? "Stop. Water, air, quiet." : "Read it aloud or each alone, then talk."));
    made.append(part);
  });
  return made;
};
