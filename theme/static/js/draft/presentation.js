// An entry as readers meet it: the twin of tools/mutualaid/core/entries/presentation.py, with the names that templates use.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const FRESH_MONTHS = 24;
  const WIDE = 28;
  const ON_A_CARD = 2;
  const NAMES = "English Spanish French Chinese Vietnamese Tagalog Korean Arabic".split(" ");
  const MERGED = ["minutes_min", "people_max"];

  own.inWords = (date) => {
    const [year, month, day] = date.split("-").map(Number);
    if (!month) return String(year);
    return day ? `${MONTHS[month - 1]} ${day}, ${year}` : `${MONTHS[month - 1]} ${year}`;
  };
  const monthsLater = (date, months) => {
    const [year, month] = date.split("-").map(Number);
    const count = year * 12 + (month || 12) - 1 + months;
    return `${String(Math.floor(count / 12)).padStart(4, "0")}-${String((count % 12) + 1).padStart(2, "0")}`;
  };
  /** Whether all days that a month can mean are before `today`, an ISO day. */
  const isPast = (month, today) => month < today.slice(0, 7);

  const label = (kind, name, value) => {
    const schema = kind.schema.properties[name];
    return String((schema["x-labels"] || schema.items?.["x-labels"] || {})[value] ?? value);
  };
  const fact = (title, text, more) =>
    ({ label: title, text, date: "", is_wide: false, is_unset: false, links: [], ...more });
  const inARow = (labels) => labels
    .map((each, index) => (!index || NAMES.includes(each) ? each : each[0].toLowerCase() + each.slice(1))).join(", ");
  const range = (least, most) => (least === most ? `${most}` : `${least}–${most}`);
  const SHORT = {
    minutes_max: (value) => ["Time", `${range(value.minutes_min ?? value.minutes_max, value.minutes_max)} min`],
    people_min: (value) =>
      ["People", value.people_max == null ? `${value.people_min} or more` : range(value.people_min, value.people_max)],
  };

  function factOf(kind, name, value) {
    const schema = kind.schema.properties[name];
    const given = value[name];
    if (given === undefined) return "x-unset" in schema ? fact(schema.title, schema["x-unset"], { is_unset: true }) : null;
    if (schema.format === "edtf") return fact(schema.title, own.inWords(given), { date: given });
    const text = Array.isArray(given) ? inARow(given.map((one) => label(kind, name, one))) : label(kind, name, given);
    return fact(schema.title, text, { is_wide: [...text].length > WIDE, is_unset: /^(not-reported|unknown)$/.test(given) });
  }

  function cardFact(kind, name, value, status) {
    const title = kind.schema.properties[name].title;
    if (name in SHORT && name in value) return fact(...SHORT[name](value));
    if (name === "status") return fact(title, status ? status.label : "Unknown");
    if (Array.isArray(value[name]) && value[name].length > ON_A_CARD) {
      const first = inARow(value[name].slice(0, ON_A_CARD - 1).map((one) => label(kind, name, one)));
      return fact(title, `${first} and ${value[name].length - ON_A_CARD + 1} more`);
    }
    return factOf(kind, name, value) || fact(title, "Unknown", { is_unset: true });
  }

  function statusOf(kind, value, today, isStale) {
    if (!("status" in value)) return null;
    const asOf = value.status_as_of;
    const isOld = value.status === "active" && asOf && isPast(monthsLater(asOf, FRESH_MONTHS), today);
    const status = isOld ? "last-known-active" : value.status;
    return {
      value: status,
      label: label(kind, "status", status),
      as_of: asOf ? `as of ${own.inWords(asOf)}` : "no date known",
      is_stale: ["unknown", "last-known-active"].includes(status) || isStale,
    };
  }

  const linkOf = (value, words) => ({
    label: value.label || words,
    url: value.url,
    is_secure: value.url.startsWith("https://"),
    archived_url: value.archived_url || "",
    archived_on: value.archived_on || "",
    dead_on: value.dead_on || "",
  });
  const hostOf = (url) => url.split("://").slice(1).join("://").split("/")[0].replace(/^www\./, "");
  const pairsOf = (value, schema) => {
    const [head, text] = Object.keys(schema.items.properties);
    return { pairs: value.map((item) => ({ head: item[head], text: item[text] })) };
  };
  const privacyOf = (value, schema) => ({
    facts: Object.entries(schema.properties).filter(([name]) => name in value)
      .map(([name, part]) => fact(part.title, value[name], { is_wide: true })),
  });
  const sourceOf = (value) => ({
    creator: "", publisher: "", published: "", licence: "", supports: "", ...value,
    link: "url" in value ? linkOf(value, value.title) : null,
  });
  const BLOCKS = {
    section: (value) => ({ text: value }),
    lead: (value) => ({ text: value }),
    list: (value) => ({ items: value }),
    questions: (value) => ({ items: value }),
    pairs: pairsOf,
    steps: (value) => ({
      steps: value.map((step) => ({ lead: "", ...step })),
      total: value.reduce((minutes, step) => minutes + step.minutes, 0),
    }),
    privacy: privacyOf,
    reach: (value) => ({ links: [].concat(value).map((link) => linkOf(link, hostOf(link.url))) }),
    sources: (value) => ({ sources: value.map(sourceOf) }),
    handout: (value) => ({ prompts: value }),
  };

  function* blocksOf(kind, value) {
    const properties = Object.entries(kind.schema.properties);
    const facts = properties.filter(([name, schema]) => schema["x-show"] === "fact" && !MERGED.includes(name))
      .map(([name]) => (name in SHORT && name in value ? fact(...SHORT[name](value)) : factOf(kind, name, value)));
    const empty = { text: "", is_unset: false, facts: [], items: [], pairs: [], steps: [], links: [], sources: [], prompts: [] };
    if (facts.some(Boolean))
      yield { ...empty, shape: "facts", title: "At a glance", id: "at-a-glance", facts: facts.filter(Boolean) };
    for (const [name, schema] of properties) {
      const shape = schema["x-show"];
      const block = { ...empty, shape, title: schema.title, id: name.replace(/_/g, "-") };
      if (!(shape in BLOCKS) || (!(name in value) && !("x-unset" in schema))) continue;
      yield name in value
        ? { ...block, ...BLOCKS[shape](value[name], schema) }
        : { ...block, text: schema["x-unset"], is_unset: true };
    }
  }

  /** Return what the template of an entry is handed. `page` holds kind, today, views, topics and how to link. */
  own.present = (value, page, view = "read") => {
    const { kind, today } = page;
    const reviewBy = monthsLater(value.reviewed?.on || value.added || today, kind.schema["x-review-months"]);
    const isStale = isPast(reviewBy, today);
    const status = statusOf(kind, value, today, isStale);
    const blocks = [...blocksOf(kind, value)];
    const address = `${kind.address}${value.slug || "draft"}/`;
    const views = blocks.some(({ shape }) => shape === "steps") ? page.views : [];
    return {
      kind,
      title: value.title || "",
      summary: value.summary || "",
      view,
      views: views.map(([name, title, end]) => ({ title, address: address + end, is_current: name === view })),
      card_facts: kind.schema["x-facts"].map((name) => cardFact(kind, name, value, status)),
      status,
      content_note: (value.content_note || []).map((note) => label(kind, "content_note", note)),
      retired: value.retired || null,
      is_stale: isStale,
      review_by: reviewBy,
      review_months: kind.schema["x-review-months"],
      address,
      blocks,
      topics: (value.topics || []).map((topic) => ({ label: label(kind, "topics", topic), url: page.topics[topic] || "" })),
      drawn_in_by: [],
      near: [],
    };
  };
})();
