/* What prose gains by script: the meaning of a word opens in place, folded parts unfold for print, and a request for
   removal has its page filled in. Without it, a word leads to the glossary. */
(() => {
  "use strict";
  const made = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const explain = (link, index) => {
    const button = made("button", link.textContent);
    button.type = "button";
    button.className = "term";
    const meaning = document.createElement("span");
    meaning.id = `meaning-${index + 1}`;
    meaning.className = "meaning";
    meaning.popover = "auto";
    meaning.setAttribute("role", "note");
    meaning.setAttribute("aria-label", `Meaning of ${link.dataset.word}`);
    const onward = made("a", "See it in the glossary");
    onward.href = link.href;
    meaning.append(made("b", link.dataset.word), link.dataset.meaning, onward);
    button.popoverTargetElement = meaning;
    // A word joiner: a comma after the word stays on its line.
    link.replaceWith(button, "\u2060", meaning);
  };
  if ("popoverTargetElement" in HTMLButtonElement.prototype) document.querySelectorAll("a.term").forEach(explain);

  // Whoever comes from an entry to ask for its removal has its address said, and filled in.
  const asks = document.querySelector("[data-asks]"), about = /^#about=(\/[\w/-]+)$/.exec(location.hash);
  if (asks && about) {
    const address = asks.dataset.site + about[1];
    asks.querySelector("[data-about]").textContent = address;
    asks.querySelectorAll("a[href$='remove%20' i], a[href$='page=']").forEach(way => { way.href += encodeURIComponent(address); });
  }

  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("main details:not([open])")];
    unfolded.forEach(part => { part.open = true; });
  });
  addEventListener("afterprint", () => unfolded.forEach(part => { part.open = false; }));
})();
