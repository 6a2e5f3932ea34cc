// What is missing or wrong, in the bot's own sentences: the twin of tools/mutualaid/core/{checks,sentences,retelling}.py
// for the rules that need no other entry.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const TYPES = { string: "text", integer: "a whole number" };
  const WORDS = {
    const: (value) => `must be ${value}`,
    not: () => "is not wanted here; leave it out",
    minLength: (least) => `must have at least ${least} characters`,
    maxLength: (most) => `must have at most ${most.toLocaleString("en-US")} characters`,
    minItems: (least) => `must list at least ${least}`,
    maxItems: (most) => `must list at most ${most}`,
    uniqueItems: () => "must not list the same thing twice",
    minimum: (least) => `must be ${least} or more`,
    maximum: (most) => `must be ${most} or less`,
  };
  const BLANK = /[\u2800\ufffc\u{13441}\u{13442}\u{1d159}]/gu;
  const MARKUP = [
    [/<[A-Za-z/!?][^>\n]*>?/, "HTML", "Write plain paragraphs, lists, *emphasis* and links."],
    [/!\[/, "pictures", "Describe in words what the picture shows."],
    [/^ {0,3}#{1,6} .*/m, "headings", "Write a plain paragraph in its place."],
    [/^ {0,3}(```|~~~)/m, "code blocks", "Write plain paragraphs or a list."],
    [/^ {0,3}>/m, "block quotes", "Put quotation marks around the words."],
    [/^ {0,3}\[[^\]]+\]:/m, "link definitions", "Write links as [words](https://…)."],
  ];

  const isReal = (text) => {
    const found = /^([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?$/.exec(text);
    if (!found || found[1] === "0000") return false;
    const [year, month, day] = [Number(found[1]), Number(found[2] || 1), Number(found[3] || 1)];
    const date = new Date(Date.UTC(2000, month - 1, day));
    date.setUTCFullYear(year, month - 1, day);
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  };

  /** Yield each broken rule as [steps, rule, schema, value]. */
  function* broken(value, schema, steps = []) {
    const bad = (rule) => [steps, rule, schema, value];
    if (schema.anyOf && schema.anyOf.every((one) => !fits(value, one))) yield bad("anyOf");
    for (const part of schema.allOf || [])
      if (part.if && fits(value, part.if) && part.then) yield* broken(value, part.then, steps);
    if ("const" in schema && value !== schema.const) yield bad("const");
    if (schema.not && fits(value, schema.not)) yield bad("not");
    if (typeof value === "string") yield* ofText(value, schema, bad);
    else if (typeof value === "number") {
      if (value < schema.minimum) yield bad("minimum");
      if (value > schema.maximum) yield bad("maximum");
    } else if (Array.isArray(value)) {
      if (value.length < schema.minItems) yield bad("minItems");
      if (value.length > schema.maxItems) yield bad("maxItems");
      if (schema.uniqueItems && new Set(value.map((one) => JSON.stringify(one))).size < value.length) yield bad("uniqueItems");
      for (const [index, inner] of value.entries()) yield* broken(inner, schema.items || {}, [...steps, index]);
    } else if (value && typeof value === "object") {
      const needed = Object.entries(schema.dependentRequired || {}).filter(([name]) => name in value);
      for (const name of [...(schema.required || []), ...needed.flatMap(([, names]) => names)])
        if (!(name in value)) yield [[...steps, name], "required", schema, undefined];
      for (const [name, inner] of Object.entries(schema.properties || {}))
        if (name in value) yield* broken(value[name], inner, [...steps, name]);
    }
  }

  function* ofText(value, schema, bad) {
    const length = [...value].length;
    if (length < schema.minLength) yield bad("minLength");
    if (length > schema.maxLength) yield bad("maxLength");
    if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) yield bad("pattern");
    if (schema.format === "edtf" && !isReal(value)) yield bad("format");
  }

  const fits = (value, schema) => broken(value, schema).next().done;

  function nameOf(steps, schema) {
    const names = [];
    for (const step of steps)
      if (typeof step === "number") {
        schema = schema.items || {};
        if (names.length) names[names.length - 1] += ` ${step + 1}`;
      } else {
        schema = schema.properties?.[step] || {};
        names.push(schema.title || step);
      }
    return names.join(", ");
  }

  function inWords(rule, schema, value) {
    if (rule === "format") return "must be a date that exists, such as '2020', '2020-04' or '2020-04-15'";
    if (schema["x-sentence"])
      return schema["x-sentence"].replace(", in quotes,", ",").replace(", in quotes", "").replace(" in quotes", "");
    return WORDS[rule] ? WORDS[rule](schema[rule]) : `must be ${TYPES[schema.type] || "as the help says"}`;
  }

  /** Whether something is seen of what an element holds. */
  const isSeen = (element) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(element.textContent.replace(BLANK, ""));

  /** Yield [steps, sentence after the name] for the rules that no schema can say. */
  function* beyond(value, kind) {
    for (const [steps, inner] of mappings(value))
      for (const name of ["url", "archived_url"])
        if (String(inner[name] || "").startsWith("http://") && !inner.no_https)
          yield [[...steps, name], `must start with https://${own.given(inner[name])} Try the address with https:// in a ` +
            "browser; where only http:// works, add `| Only known without encryption: yes` after it, on the same line."];
    for (const [steps, text] of texts(value)) {
      for (const [pattern, what, cure] of MARKUP) {
        const found = pattern.exec(text);
        if (found) yield [steps, `must not hold ${what}${own.given(found[0].trim().slice(0, 40))} ${cure}`];
      }
      for (const [, target] of text.matchAll(/\]\(\s*<?([^)>\s]*)/g))
        if (!target.startsWith("https://"))
          yield [steps, `holds a link to '${target.slice(0, 60)}'. A link must start with https://.`];
      const shown = document.createElement("template");
      shown.innerHTML = own.prose(text).html;
      if (!isSeen(shown.content))
        yield [steps, "must have words that a reader can see. As it is, nothing would be shown. Type them anew."];
      else if (![...shown.content.querySelectorAll("a")].every(isSeen))
        yield [steps, "holds a link without words. Write them between the brackets: [words](https://…)."];
    }
    const sum = (value.steps || []).reduce((minutes, step) => minutes + step.minutes, 0);
    if (value.steps && value.minutes_max && sum === sum && sum !== value.minutes_max)
      yield [["minutes_max"], `must be the sum of the steps' minutes. It says ${value.minutes_max}, the steps add up to ` +
        `${sum}. Change one or the other.`];
    for (const least of Object.keys(kind.properties).filter((name) => name.endsWith("_min"))) {
      const most = least.replace(/_min$/, "_max");
      if (value[least] > value[most])
        yield [[least], `is ${value[least]}, which is more than ${kind.properties[most].title}, ${value[most]}. Swap or ` +
          "mend the two numbers."];
    }
  }

  function* mappings(value, steps = []) {
    if (!value || typeof value !== "object") return;
    if (!Array.isArray(value)) yield [steps, value];
    for (const [step, inner] of Object.entries(value))
      yield* mappings(inner, [...steps, Array.isArray(value) ? Number(step) : step]);
  }

  function* texts(value, steps = []) {
    if (typeof value === "string" && !/^https?:\/\/[^\s<>]*$/.test(value)) yield [steps, value];
    if (value && typeof value === "object")
      for (const [step, inner] of Object.entries(value))
        yield* texts(inner, [...steps, Array.isArray(value) ? Number(step) : step]);
  }

  own.fieldOf = (steps, form) => {
    const way = `${steps.filter((step) => typeof step === "string").join(".")}.`;
    return form.fields.find((asked) => way.startsWith(`${asked.steps.join(".")}.`));
  };

  /** Return problems in the order of the form: {field, message}. `shaped` is what `shape` returned. */
  own.problems = ({ value, problems }, form, kind) => {
    const marred = new Set(problems.map(({ field }) => field));
    const found = [...problems];
    const places = new Set();
    const add = (steps, message) => {
      const asked = own.fieldOf(steps, form);
      if (!asked || marred.has(asked.id)) return;
      const name = nameOf(steps, kind);
      const isOwn = asked.steps.length === steps.filter((step) => typeof step === "string").length;
      const where = isOwn ? name.replace(nameOf(asked.steps, kind), asked.label) : name;
      const said = message === null ? `${asked.label} is empty. ${asked.help}` : `${where} ${message}`;
      if (!found.some((one) => one.message === said)) found.push({ field: asked.id, message: said });
    };
    for (const [steps, rule, schema, given] of broken(value, kind)) {
      places.add(steps.join());
      const isPart = steps.length > own.fieldOf(steps, form)?.steps.length;
      if (rule === "required") add(steps, isPart ? "is missing." : null);
      else add(steps, `${inWords(rule, schema, given)}${own.given(given)}`);
    }
    for (const [steps, message] of beyond(value, kind)) if (!places.has(steps.join())) add(steps, message);
    const order = form.fields.map(({ id }) => id);
    return found.sort((one, other) => order.indexOf(one.field) - order.indexOf(other.field));
  };
})();
