// “Add to kit” on exercises, in place. The first one asks whether this tab may keep the picks; nothing is stored before.
(() => {
  "use strict";
  const KEY = "mutualaid-kit";
  const { at, slug } = document.currentScript.dataset;
  const STORES = ["localStorage", "sessionStorage"];
  const QUESTION = `<div class="notice kit-ask" data-plain role="group" tabindex="-1" aria-labelledby="kit-ask">
    <p id="kit-ask"><strong>Keep your picks while you look around?</strong></p>
    <p>This browser can hold your list until you close this tab. Nothing is sent.</p>
    <p>On a shared or work computer, say no, because whoever uses or manages it may see the list.</p>
    <p class="acts-big"><button class="button" type="button">Keep them until I close this tab</button>
    <button class="button" type="button">No, open the kit with this one</button></p>
    <p class="small">After a “no”, other exercises that you add from their pages aren’t kept.</p></div>`;
  const offers = [];
  const panel = () => document.querySelector(".kit-ask");

  const made = (tag, className, words = "") => Object.assign(document.createElement(tag), { className, textContent: words });
  const stored = () => {
    for (const store of STORES) {
      try {
        const kit = JSON.parse(window[store].getItem(KEY));
        if (Array.isArray(kit?.items)) return { store, kit };
      } catch { /* A store that can't be opened or read holds nothing for us. */ }
    }
    return null;
  };
  const has = (kit, id) => kit.items.some(item => item?.id === id);
  const write = (store, kit) => {
    try { window[store].setItem(KEY, JSON.stringify(kit)); return true; } catch { return false; }
  };

  const show = () => {
    const kit = stored()?.kit;
    for (const { id, title, button, told } of offers) {
      const isIn = Boolean(kit) && has(kit, id);
      button.replaceChildren(isIn ? "Take out" : "Add to kit", made("span", "unseen", ` ${title}`));
      told.hidden = !isIn;
    }
  };
  const toKit = id => { location.href = `${at}#add=${encodeURIComponent(id)}`; };
  const put = ({ id, title, button }, store, kit) => {
    if (has(kit, id)) kit.items = kit.items.filter(item => item?.id !== id);
    else kit.items.push({ id });
    if (!write(store, kit)) { toKit(id); return; }
    panel()?.remove();
    show();
    button.focus();
    const count = kit.items.length;
    live.textContent = `${title} is ${has(kit, id) ? "in your kit" : "taken out"}. Your kit has ${count} ${count === 1 ? "part" : "parts"}.`;
  };
  const ask = offer => {
    panel()?.remove();
    offer.line.insertAdjacentHTML("afterend", QUESTION);
    const asked = panel(), [yes, no] = asked.querySelectorAll("button");
    yes.addEventListener("click", () => put(offer, "sessionStorage", { v: 1, items: [] }));
    no.addEventListener("click", () => { asked.remove(); toKit(offer.id); });
    asked.addEventListener("keydown", event => { if (event.key === "Escape") { asked.remove(); offer.button.focus(); } });
    asked.focus();
  };
  const add = (place, name, title) => {
    const line = made("p", "kit-add"), button = made("button", "button"), told = made("span", "", "In your kit. ");
    const offer = { id: `e:${name}`, title, line, button, told };
    button.type = "button";
    told.append(Object.assign(made("a", "plain-link", "Open the kit"), { href: at }));
    line.append(button, told);
    place.append(line);
    offers.push(offer);
    button.addEventListener("click", () => {
      const now = stored();
      if (now) put(offer, now.store, now.kit); else ask(offer);
    });
  };

  const live = made("p", "unseen");
  live.setAttribute("aria-live", "polite");
  document.querySelector("main").append(live);
  const head = document.querySelector(".entry-head h1");
  if (slug && head) add(head.parentNode, slug, head.textContent);
  const list = () => {
    document.querySelectorAll("[data-held] h3 a").forEach(link => {
      const place = link.closest("h3").parentNode, [, name] = /([a-z0-9-]+)\/(?:index\.html)?$/.exec(link.href) ?? [];
      if (name && !place.querySelector(".warn, .kit-add")) add(place, name, link.textContent);
    });
  };
  if (!slug) {
    list();
    // Rows of a long list are made when a choice asks for them.
    addEventListener("rows-made", () => { list(); show(); });
  }
  // On the way back, too: what was kept may have changed meanwhile.
  addEventListener("pageshow", show);
})();
