/* Narrows and sorts a list by what its rows hold. The state is kept after the # of the address, so that going back
   works and no server hears of it. Without script, each choice is a link to a page of its own. A list of several pages
   loads all of its rows with the first choice: one script, the same for every choice. */
(() => {
  "use strict";
  const nav = document.querySelector(".facets"), list = document.querySelector("[data-list]");
  if (!nav) return;
  const { here, page, all, total, one, many, rows: file } = nav.dataset;
  const ROWS = file ? 50 : Infinity;
  const folded = nav.querySelector("details"), wide = matchMedia("(width >= 62rem)");
  const links = [...nav.querySelectorAll("a[data-choice]")].map((link, number) => {
    const { facet, title } = link.closest("[data-facet]").dataset;
    const [label, count] = link.children;
    return { link, facet, title, label, count, number, choice: link.dataset.choice };
  });
  const of = (number, what = many) => `${number} ${number === 1 ? one : what}`;
  const rowOf = (held, sort, make) => {
    const [added, place] = sort.split(" ");
    return { held: new Set(held.split(" ").filter(Boolean).map(Number)), added, place: Number(place), make };
  };
  const shownFirst = [...list.children];
  let rows = shownFirst.map(element => rowOf(element.dataset.held, element.dataset.sort, () => element));

  const numbers = state => links.filter(({ facet, choice }) => state[facet] === choice).map(({ number }) => number);
  const fitting = state => {
    const wanted = numbers(state);
    return rows.filter(({ held }) => wanted.every(number => held.has(number)));
  };
  const fragment = state => new URLSearchParams(state).toString();
  const less = (state, facet) => Object.fromEntries(Object.entries(state).filter(([name]) => name !== facet));
  const tell = (count, number) => { count.firstChild.data = number; count.lastChild.textContent = ` ${number === 1 ? one : many}`; };

  const fold = () => { folded.open = wide.matches || location.hash.startsWith("#narrow-"); };
  fold();
  wide.addEventListener("change", fold);
  if (location.hash.startsWith("#narrow-")) document.querySelector(location.hash)?.scrollIntoView();

  if (here || page !== "1") {
    // A page of one choice, or a further page: choices lead to the whole list, with both choices made.
    const [own, chosen] = here.split("/");
    const isWhole = rows.length === Number(document.querySelector(".count b").textContent);
    links.filter(({ facet }) => facet !== own).forEach(({ link, facet, choice, count, number }) => {
      link.href = `${all}#${fragment({ ...(here && { [own]: chosen }), [facet]: choice })}`;
      const both = rows.filter(({ held }) => held.has(number)).length;
      if (isWhole) tell(count, both);
      else count.hidden = Boolean(here);
      link.parentElement.hidden = isWhole && both === 0;
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
  const heading = document.querySelector(".count h2"), leaves = document.querySelector(".leaves");
  const plain = heading.innerHTML;
  const clear = made("button", "button", `Show all ${total}`);
  const status = made("p", "unseen");
  const nothing = made("div", "nothing stack");
  const more = made("button", "button");
  const see = made("button", "button narrow-only see");
  const order = document.querySelector(".order");
  const sorts = { "": order.dataset.order, title: "title", added: "date added" };
  if (sorts[""] === "title" || sorts[""] === "name") delete sorts.title;
  const by = {
    title: (a, b) => a.place - b.place,
    added: (a, b) => (a.added < b.added) - (a.added > b.added) || a.place - b.place,
  };
  let state = {}, sort = "", limit = ROWS;

  const whole = () => {
    if (!file || globalThis.listRows) return Promise.resolve();
    return new Promise((done, failed) => {
      const script = made("script", "");
      script.src = file;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    }).then(() => {
      const parsed = made("template", "");
      rows = globalThis.listRows.map(text => {
        const [, held, sorted] = /data-held="([^"]*)" data-sort="([^"]*)"/.exec(text);
        let element;
        return rowOf(held, sorted, () => {
          if (!element) {
            parsed.innerHTML = text;
            element = parsed.content.firstElementChild;
          }
          return element;
        });
      });
    });
  };

  const read = () => {
    const given = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    sort = given.sort in by && given.sort in sorts ? given.sort : "";
    state = Object.fromEntries(Object.entries(given).filter(([facet, choice]) =>
      links.some(each => each.facet === facet && each.choice === choice)));
  };
  const words = facets => Object.entries(facets).map(([facet, choice]) => {
    const found = links.find(each => each.facet === facet && each.choice === choice);
    return `${found.title}${found.title.endsWith("?") ? "" : ":"} ${found.label.textContent}`;
  });

  const showNothing = shown => {
    nothing.hidden = shown > 0;
    nothing.replaceChildren();
    if (shown) return;
    nothing.append(made("p", "", `None of the ${of(total)} is all of this at once. Take one thing off:`));
    const ways = made("ul", "chips");
    Object.keys(state).forEach(facet => {
      const way = made("button", "button", `Without “${words({ [facet]: state[facet] })[0]}” (${fitting(less(state, facet)).length})`);
      way.addEventListener("click", () => choose(less(state, facet)).then(() => heading.focus()));
      const item = made("li", "");
      item.append(way);
      ways.append(item);
    });
    nothing.append(ways);
  };

  const count = () => {
    const shown = fitting(state).length;
    [...new Set(links.map(({ facet }) => facet))].forEach(name => {
      const held = new Map();
      fitting(less(state, name)).forEach(row => row.held.forEach(number => held.set(number, (held.get(number) ?? 0) + 1)));
      links.filter(({ facet }) => facet === name).forEach(({ button, facet, choice, count: place, number }) => {
        const found = held.get(number) ?? 0, isChosen = state[facet] === choice;
        button.setAttribute("aria-pressed", String(isChosen));
        button.parentElement.hidden = !isChosen && (found === 0 || (!(facet in state) && found === shown));
        tell(place, found);
      });
    });
    nav.querySelectorAll("[data-facet]").forEach(group => {
      group.hidden = group.previousElementSibling.hidden = [...group.children].every(item => item.hidden);
    });
  };

  const show = () => {
    const isWhole = Object.keys(state).length === 0, isPlain = isWhole && !sort && limit === ROWS;
    const found = fitting(state), shown = isWhole ? Number(total) : found.length;
    if (sort) found.sort(by[sort]);
    list.replaceChildren(...isPlain ? shownFirst : found.slice(0, limit).map(row => row.make()));
    dispatchEvent(new Event("rows-made"));
    if (isWhole) heading.innerHTML = plain;
    else heading.replaceChildren(made("b", "", String(shown)), ` of ${of(Number(total))}. ${words(state).join("; ")}`);
    clear.hidden = isWhole;
    see.textContent = `See ${shown} of ${of(Number(total))}`;
    more.hidden = isPlain || found.length <= limit;
    more.textContent = `Show ${Math.min(ROWS, found.length - limit)} more`;
    if (leaves) leaves.hidden = !isPlain;
    order.querySelectorAll("button").forEach(button => button.setAttribute("aria-pressed", String(button.value === sort)));
    // What a list of several pages has in all is in the page until its rows are here.
    if (!file || globalThis.listRows) count();
    showNothing(shown);
    return `${isWhole ? `All ${of(Number(total))}` : `${shown} of ${of(Number(total))}. ${words(state).join("; ")}`}, in order of ${sorts[sort]}${sort === "added" ? ", newest first" : ""}`;
  };

  const failed = () => { status.textContent = "The list could not be loaded. Try again, or go page by page."; };
  const draw = () => {
    limit = ROWS;
    const isPlain = Object.keys(state).length === 0 && !sort;
    return (isPlain ? Promise.resolve() : whole()).then(() => { status.textContent = show(); }, failed);
  };
  const choose = (wanted, sorted = sort) => {
    state = wanted;
    sort = sorted;
    const query = fragment({ ...state, ...(sort && { sort }) });
    history.pushState(null, "", query ? `#${query}` : location.pathname);
    return draw();
  };

  links.forEach(each => {
    const button = made("button", "choice");
    button.setAttribute("aria-pressed", "false");
    button.append(...each.link.childNodes);
    each.button = button;
    each.link.replaceWith(button);
    button.addEventListener("click", () => {
      const before = button.getBoundingClientRect().top;
      const wanted = state[each.facet] === each.choice ? less(state, each.facet) : { ...state, [each.facet]: each.choice };
      choose(wanted).then(() => scrollBy({ top: button.getBoundingClientRect().top - before, behavior: "instant" }));
    });
  });
  const ways = Object.entries(sorts).map(([value, text]) => {
    const button = made("button", "sort", `${text[0].toUpperCase()}${text.slice(1)}`);
    button.value = value;
    button.addEventListener("click", () => choose(state, value));
    return button;
  });
  order.setAttribute("role", "group");
  order.setAttribute("aria-label", "Order of the list");
  order.replaceChildren(made("span", "", "In order of"), ...ways);
  const toList = () => { fold(); heading.focus(); heading.scrollIntoView(); };
  heading.tabIndex = -1;
  status.setAttribute("role", "status");
  heading.after(clear, status);
  order.after(nothing);
  list.after(more);
  folded.lastElementChild.append(see);
  clear.addEventListener("click", () => choose({}).then(() => heading.focus()));
  see.addEventListener("click", toList);
  more.addEventListener("click", () => {
    const next = limit;
    limit += ROWS;
    whole().then(() => { status.textContent = show(); list.children[next].querySelector("a").focus(); }, failed);
  });
  addEventListener("popstate", () => {
    if (location.hash && !location.hash.includes("=")) return;
    read();
    draw();
  });
  read();
  draw().then(() => { status.textContent = ""; });
})();
