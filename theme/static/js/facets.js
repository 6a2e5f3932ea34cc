/* Narrows a list by several facets at once, from what its rows hold. The state stands after the # of the address, so
   that going back works and no server hears of it. Without script, each choice is a link to a page of its own. */
(() => {
  "use strict";
  const nav = document.querySelector(".facets");
  const { here, all, total, many } = nav.dataset;
  const rows = [...document.querySelectorAll("[data-held]")].map(row => ({ row, held: row.dataset.held.split(" ") }));
  const links = [...nav.querySelectorAll("a[data-choice]")].map(link => {
    const { facet, title } = link.closest("[data-facet]").dataset;
    const [label, count] = link.children;
    return { link, facet, title, label, count: count.firstChild, choice: link.dataset.choice };
  });

  const fits = (held, state) => Object.entries(state).every(([facet, choice]) => held.includes(`${facet}/${choice}`));
  const countOf = state => rows.filter(({ held }) => fits(held, state)).length;
  const fragment = state => new URLSearchParams(state).toString();
  const less = (state, facet) => Object.fromEntries(Object.entries(state).filter(([name]) => name !== facet));

  if (here) {
    // A page of one choice: the other facets lead back to the whole list with both choices made.
    const [own, chosen] = here.split("/");
    links.filter(({ facet }) => facet !== own).forEach(({ link, facet, choice, count }) => {
      const state = { [own]: chosen, [facet]: choice };
      count.data = countOf(state);
      link.href = `${all}#${fragment(state)}`;
    });
    return;
  }

  const made = (tag, className, text) => {
    const element = document.createElement(tag);
    element.className = className;
    if (tag === "button") element.type = "button";
    if (text) element.textContent = text;
    return element;
  };
  const heading = document.querySelector(".count h2");
  const plain = heading.innerHTML;
  const clear = made("button", "button", `Show all ${total}`);
  const status = made("p", "unseen");
  const nothing = made("div", "nothing stack");
  const see = made("button", "button narrow-only see");
  let state = {};

  const known = () => {
    const given = [...new URLSearchParams(location.hash.slice(1))];
    return Object.fromEntries(given.filter(([facet, choice]) =>
      links.some(one => one.facet === facet && one.choice === choice)));
  };
  const words = facets => Object.entries(facets).map(([facet, choice]) => {
    const one = links.find(each => each.facet === facet && each.choice === choice);
    return `${one.title}${one.title.endsWith("?") ? "" : ":"} ${one.label.textContent}`;
  });

  const showNothing = shown => {
    nothing.hidden = shown > 0;
    nothing.replaceChildren();
    if (shown) return;
    nothing.append(made("p", "", `None of the ${total} ${many} is all of this at once. Take one thing off:`));
    const ways = made("ul", "chips");
    Object.keys(state).forEach(facet => {
      const way = made("button", "button", `Without “${words({ [facet]: state[facet] })[0]}” (${countOf(less(state, facet))})`);
      way.addEventListener("click", () => { choose(less(state, facet)); heading.focus(); });
      const item = made("li", "");
      item.append(way);
      ways.append(item);
    });
    nothing.append(ways);
  };

  const show = () => {
    rows.forEach(({ row, held }) => { row.hidden = !fits(held, state); });
    const shown = countOf(state);
    const isWhole = Object.keys(state).length === 0;
    if (isWhole) heading.innerHTML = plain;
    else heading.replaceChildren(made("b", "", String(shown)), ` of ${total} ${many}. ${words(state).join("; ")}`);
    clear.hidden = isWhole;
    see.textContent = `See ${shown} of ${total} ${many}`;
    links.forEach(({ button, facet, choice, count }) => {
      button.setAttribute("aria-pressed", String(state[facet] === choice));
      count.data = countOf({ ...state, [facet]: choice });
    });
    showNothing(shown);
    return isWhole ? `All ${total} ${many}` : `${shown} of ${total} ${many}. ${words(state).join("; ")}`;
  };

  const choose = wanted => {
    state = wanted;
    const query = fragment(state);
    history.pushState(null, "", query ? `#${query}` : location.pathname);
    status.textContent = show();
  };

  links.forEach(one => {
    const button = made("button", "choice");
    button.append(...one.link.childNodes);
    one.button = button;
    one.link.replaceWith(button);
    button.addEventListener("click", () => {
      const before = button.getBoundingClientRect().top;
      choose(state[one.facet] === one.choice ? less(state, one.facet) : { ...state, [one.facet]: one.choice });
      scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" });
    });
  });
  const toList = () => { heading.focus(); heading.scrollIntoView(); };
  heading.tabIndex = -1;
  status.setAttribute("role", "status");
  heading.after(clear, status);
  heading.parentElement.after(nothing);
  nav.append(see);
  clear.addEventListener("click", () => { choose({}); heading.focus(); });
  see.addEventListener("click", toList);
  // The jumps on a phone move without touching the fragment, which holds the state.
  document.querySelectorAll('a[href^="#narrow-"]').forEach(jump => jump.addEventListener("click", event => {
    event.preventDefault();
    const target = document.querySelector(jump.getAttribute("href"));
    target.tabIndex = -1;
    target.focus();
    target.scrollIntoView();
  }));
  addEventListener("popstate", () => {
    if (location.hash && !location.hash.includes("=")) return;
    state = known();
    status.textContent = show();
  });
  state = known();
  show();
})();
