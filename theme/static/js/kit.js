// The workshop kit: a list on this page, kept by the browser only after the reader has asked for it. Sends nothing.
(function () {
  "use strict";
  var KEY = "mutualaid-kit", BREAK = 10;
  var one = function (what, inside) { return (inside || document).querySelector(what); };
  var all = function (what, inside) { return Array.prototype.slice.call((inside || document).querySelectorAll(what)); };
  var list = one(".kit-plan"), said = one(".kit-said"), total = one(".kit-total"), out = one(".kit-out"), work = one(".kit-work");
  var fields = { name: one("#kit-name"), start: one("#kit-start"), have: one("#kit-have") };
  var boxes = all(".kit-picks input"), picks = {}, kit = [], kept = false, ownTitle = document.title;

  boxes.forEach(function (box) {
    picks[box.value] = {
      box: box, title: one("b", box.parentNode).textContent, least: +box.dataset.least, most: +box.dataset.most,
      parts: one("template", box.closest("li"))
    };
  });
  picks.b = { title: "Break", least: 1, most: BREAK };

  function make(tag, words, mark) {
    var made = document.createElement(tag);
    if (words) made.textContent = words;
    if (mark) made.className = mark;
    return made;
  }
  function minutes(count) { return count + (count === 1 ? " minute" : " minutes"); }
  function sum() { return kit.reduce(function (before, item) { return before + item.m; }, 0); }
  function title(item) { return picks[item.id].title; }
  function whole(text, most) { var number = Math.round(+text); return number >= 1 ? Math.min(number, most) : 0; }

  // -- what is stored: nothing before the reader has pressed the button --
  function stored() {
    try { return JSON.parse(localStorage.getItem(KEY)); } catch (refused) { return null; }
  }
  function save() {
    if (!kept) return true;
    var words = { v: 1, items: kit, name: fields.name.value, start: fields.start.value, have: fields.have.value };
    try { localStorage.setItem(KEY, JSON.stringify(words)); return true; } catch (refused) { kept = false; return false; }
  }
  function forget() {
    try {
      Object.keys(localStorage).filter(function (name) { return name.indexOf("mutualaid") === 0; })
        .forEach(function (name) { localStorage.removeItem(name); });
    } catch (refused) { /* What cannot be opened holds nothing of ours. */ }
    kit = []; kept = false;
    Object.keys(fields).forEach(function (name) { fields[name].value = ""; });
    close();
    show("Forgotten. The list is empty, and this site keeps nothing in this browser.");
  }
  function take(items) {
    (Array.isArray(items) ? items : []).forEach(function (item) {
      if (item && Object.prototype.hasOwnProperty.call(picks, item.id) && (item.id === "b" || !has(item.id))) {
        kit.push({ id: item.id, m: whole(item.m, 480) || picks[item.id].most });
      }
    });
  }
  function has(id) { return kit.some(function (item) { return item.id === id; }); }

  // -- the plan --
  function inWords() {
    var have = whole(fields.have.value, 1440), left = have - sum();
    if (!kit.length) return "Nothing is picked yet. Tick exercises above.";
    var words = (kit.length === 1 ? "1 part, " : kit.length + " parts, ") + minutes(sum()) + " in all.";
    if (!have) return words;
    return words + (left < 0 ? " That is " + minutes(-left) + " too long." : left ? " " + minutes(left) + " are left." : " That fills your time.");
  }
  function show(words) {
    list.textContent = "";
    kit.forEach(function (item, index) { list.appendChild(row(item, index)); });
    boxes.forEach(function (box) { box.checked = has(box.value); });
    all("[data-kept]").forEach(function (part) { part.hidden = part.dataset.kept !== (kept ? "yes" : "no"); });
    tell(words);
  }
  // Write the times anew and leave all controls in place: one of them may be what the reader is about to press.
  function tell(words) {
    kit.forEach(function (item, index) { one(".kit-what", list.children[index]).textContent = clock(index) + " " + title(item); });
    total.textContent = inWords();
    if (words) said.textContent = words;
  }
  function row(item, index) {
    var line = make("li"), label = make("label", "Minutes"), field = make("input"), acts = make("p", "", "kit-acts");
    line.appendChild(make("p", "", "kit-what"));
    field.type = "number"; field.min = 1; field.max = 480; field.value = item.m; field.inputMode = "numeric"; field.autocomplete = "off";
    field.addEventListener("change", function () {
      item.m = whole(field.value, 480) || picks[item.id].most;
      var short = item.m < picks[item.id].least ? " Its shortest time is " + minutes(picks[item.id].least) + "." : "";
      field.value = item.m;
      announce(title(item) + ": " + minutes(item.m) + "." + short, tell);
    });
    label.appendChild(make("span", " for " + title(item), "unseen"));
    label.appendChild(field);
    acts.appendChild(label);
    if (index) acts.appendChild(button("Up", "up", item, function () { move(index, index - 1); }));
    if (index < kit.length - 1) acts.appendChild(button("Down", "down", item, function () { move(index, index + 1); }));
    acts.appendChild(button("Take out", "out", item, function () {
      kit.splice(index, 1);
      changed(title(item) + " is taken out.", Math.min(index, kit.length - 1), "[data-act=out]");
    }));
    line.appendChild(acts);
    return line;
  }
  function button(words, act, item, press) {
    var made = make("button", words, "button");
    made.type = "button"; made.dataset.act = act;
    made.appendChild(make("span", " " + title(item), "unseen"));
    made.addEventListener("click", press);
    return made;
  }
  function move(from, to) {
    kit.splice(to, 0, kit.splice(from, 1)[0]);
    var act = to < from ? (to ? "up" : "down") : (to < kit.length - 1 ? "down" : "up");
    changed(title(kit[to]) + " is now " + (to + 1) + " of " + kit.length + ".", to, "[data-act=" + act + "]");
  }
  function announce(words, how) {
    var could = save();
    how((words ? words + " " : "") + inWords() + (could ? "" : " This browser would not keep it."));
  }
  function changed(words, index, focus) {
    announce(words, show);
    if (focus) (one(focus, list.children[index]) || one("[data-do=break]")).focus();
  }
  // Running time before part `index`: of day where a start is given, else from 0:00.
  function clock(index) {
    var start = /^(\d\d):(\d\d)/.exec(fields.start.value), at = start ? start[1] * 60 + +start[2] : 0;
    for (var before = 0; before < index; before += 1) at += kit[before].m;
    var hour = Math.floor(at / 60) % 24;
    return (start ? hour % 12 || 12 : hour) + ":" + ("0" + at % 60).slice(-2);
  }

  // -- the sheets --
  function sheet(kind) {
    if (!kit.length) { said.textContent = inWords(); one(".kit-picks input").focus(); return; }
    var name = fields.name.value.trim() || (kind === "lead" ? "Plan of the session" : "Handout"), made = make("section", "", "kit-sheet");
    made.dataset.kind = kind;
    var head = make("h1", name); head.id = "kit-sheet-title"; head.tabIndex = -1;
    made.appendChild(head);
    made.appendChild(make("p", clock(0) + " to " + clock(kit.length) + ", " + minutes(sum())));
    made.appendChild(agenda());
    if (kind === "lead") bring(made);
    kit.forEach(function (item, index) { part(made, kind, item, index); });
    var ways = make("p", "", "kit-ways"), print = make("button", "Print", "button"), back = make("button", "Back to the kit", "button");
    print.type = back.type = "button";
    print.addEventListener("click", function () { window.print(); });
    back.addEventListener("click", function () { close(); one("[data-do=" + kind + "]").focus(); });
    made.addEventListener("keydown", function (event) { if (event.key === "Escape") back.click(); });
    ways.appendChild(print); ways.appendChild(back);
    out.textContent = "";
    out.appendChild(ways); out.appendChild(made);
    out.hidden = false; work.hidden = true; document.title = name;
    head.focus();
  }
  function close() { out.hidden = true; out.textContent = ""; work.hidden = false; document.title = ownTitle; }
  function agenda() {
    var table = make("table", "", "kit-agenda"), body = make("tbody"), top = make("tr"), head = make("thead");
    table.appendChild(make("caption", "Running times"));
    ["From", "Minutes", "What"].forEach(function (words) { var cell = make("th", words); cell.scope = "col"; top.appendChild(cell); });
    head.appendChild(top); table.appendChild(head);
    kit.forEach(function (item, index) {
      var line = make("tr");
      [clock(index), item.m, title(item)].forEach(function (words) { line.appendChild(make("td", String(words))); });
      body.appendChild(line);
    });
    table.appendChild(body);
    return table;
  }
  function bring(made) {
    var things = [];
    kit.forEach(function (item) {
      var parts = picks[item.id].parts;
      if (parts) all("[data-materials] li", parts.content).forEach(function (thing) { if (things.indexOf(thing.textContent) < 0) things.push(thing.textContent); });
    });
    if (!things.length) return;
    var lines = make("ul", "", "kit-bring");
    things.forEach(function (thing) { lines.appendChild(make("li", thing)); });
    made.appendChild(make("h2", "To bring")); made.appendChild(lines);
  }
  function part(made, kind, item, index) {
    var parts = picks[item.id].parts, body = make("section");
    var own = parts && one("[data-for=" + kind + "]", parts.content);
    if (kind === "handout" && !(own && own.children.length)) return;
    body.appendChild(make("h2", clock(index) + " " + title(item)));
    if (own) {
      body.appendChild(document.importNode(one(".care", parts.content), true));
      body.appendChild(document.importNode(own, true));
      all("[data-materials]", body).forEach(function (things) { things.remove(); });
      body.appendChild(make("p", one("[data-licence]", parts.content).textContent, "kit-licence"));
    } else body.appendChild(make("p", item.id === "b" ? "Stop. Water, air, quiet." : "Read it aloud or each alone, then talk."));
    made.appendChild(body);
  }

  // -- begin --
  boxes.forEach(function (box) {
    box.addEventListener("change", function () {
      if (box.checked) take([{ id: box.value }]);
      else kit = kit.filter(function (item) { return item.id !== box.value; });
      changed(picks[box.value].title + (box.checked ? " is in the kit." : " is taken out."));
    });
  });
  Object.keys(fields).forEach(function (name) { 
    fields[name].addEventListener("input", function () { save(); tell(); });
    fields[name].addEventListener("change", function () { announce("", tell); });
  });
  var acts = {
    "break": function () { take([{ id: "b" }]); changed("A break is added at the end."); },
    lead: function () { sheet("lead"); },
    handout: function () { sheet("handout"); },
    keep: function () {
      kept = true;
      var could = save();
      show(could ? "This browser keeps the list now." : "This browser would not keep it. Print it instead.");
      one("[data-do=forget]").focus();
    },
    forget: forget
  };
  all("[data-do]").forEach(function (press) { press.addEventListener("click", acts[press.dataset.do]); });

  one("[data-paper]").hidden = true;
  one(".kit-work [data-scripted]").hidden = false;
  var before = stored(), asked = /^#add=([^&]+)$/.exec(location.hash);
  if (before && typeof before === "object") {
    kept = true;
    take(before.items);
    Object.keys(fields).forEach(function (name) { fields[name].value = before[name] || ""; });
  }
  if (asked) {
    take([{ id: decodeURIComponent(asked[1]) }]);
    // The address bar and the history forget what was asked for.
    history.replaceState(null, "", location.pathname + location.search);
    save();
  }
  show(kit.length ? inWords() : "");
})();
