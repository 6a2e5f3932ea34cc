// “Add to kit” on exercises. It stores only where the reader has already asked for the kit to be kept on this device.
(function () {
  "use strict";
  var KEY = "mutualaid-kit", own = document.currentScript.dataset;
  function stored() {
    try { var kit = JSON.parse(localStorage.getItem(KEY)); return kit && Array.isArray(kit.items) ? kit : null; } catch (refused) { return null; }
  }
  function has(kit, id) { return kit.items.some(function (item) { return item.id === id; }); }
  function offer(body, slug, title) {
    var id = "e:" + slug, link = document.createElement("a"), more = document.createElement("span");
    function say(words, address) {
      link.textContent = words;
      more.textContent = ": " + title;
      link.appendChild(more);
      link.href = address;
    }
    link.className = "kit-add";
    more.className = "unseen";
    var kit = stored();
    if (kit && has(kit, id)) say("In your kit", own.at);
    else say("Add to kit", own.at + "#add=" + encodeURIComponent(id));
    link.addEventListener("click", function (event) {
      var now = stored();
      if (!now || link.getAttribute("href").indexOf("#") < 0) return;
      event.preventDefault();
      if (!has(now, id)) now.items.push({ id: id });
      try { localStorage.setItem(KEY, JSON.stringify(now)); } catch (refused) { location.href = link.href; return; }
      say("In your kit", own.at);
    });
    body.appendChild(link);
  }
  if (own.slug) {
    var head = document.querySelector(".entry-head .card-body");
    if (head) offer(head, own.slug, document.querySelector("h1").textContent);
    return;
  }
  Array.prototype.forEach.call(document.querySelectorAll("main .card"), function (card) {
    var link = card.querySelector("h3 a"), slug = link && /([a-z0-9-]+)\/(index\.html)?$/.exec(link.href);
    if (slug) offer(card.querySelector(".card-body"), slug[1], link.textContent);
  });
})();
