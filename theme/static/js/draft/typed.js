// From what was typed to the value of an entry: the twin of tools/mutualaid/core/{scalars,line_items,shaping}.py.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const MARK = /^(?:[-*•·–]|[0-9]{1,2}[.)])\s+/;
  const BAR = /(^|\s)(\\*)\|(?=\s|$)/g;
  const ENTITY = /&(?:#x?[0-9a-f]{1,7}|[a-z][a-z0-9]{1,31});/gi;
  const MOST = 12;

  const trimEnd = (text) => text.split("\n").map((line) => line.trimEnd()).join("\n").trimEnd();
  const joined = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).join(" ");
  const short = (text) => {
    const line = text.split("\n")[0];
    return [...line].length <= 60 ? line : `${[...line].slice(0, 60).join("")}…`;
  };
  /** Whether a text may run over several lines, as `takes_line_breaks` has it. */
  const takesLineBreaks = (schema) =>
    schema.type === "string" && !schema.enum && !schema.format &&
    (!schema.pattern || new RegExp(schema.pattern, "u").test("words\nwords"));
  /** Quote a text as the other sentences do. */
  const quoted = (text) => {
    const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
    return mark + text.replace(/\\/g, "\\\\").replace(/'/g, mark === "'" ? "\\'" : "'") + mark;
  };
  own.given = (value) => {
    if (value === "" || (value && typeof value === "object")) return ".";
    const text = [...String(value).replace(/\n/g, " ")];
    const cut = text.length > 60 ? `${text.slice(0, 60).join("")}…` : text.join("");
    return `. You wrote: ${typeof value === "string" ? quoted(cut) : String(value).toLowerCase()}.`;
  };
  own.fieldAt = (steps, schema) =>
    steps.reduce((at, step) => (typeof step === "number" ? at.items : at.properties?.[step]) || {}, schema);

  function chosen(text, options) {
    const word = text.trim().toLowerCase();
    const found =
      options.find(([, label]) => label === text) ||
      options.find(([, label]) => label.toLowerCase() === word) ||
      options.find(([value]) => value && value.toLowerCase() === word);
    return found?.[0];
  }

  function scalarFrom(text, schema) {
    if (schema.enum) return chosen(text, schema.enum.map((value) => [value, schema["x-labels"]?.[value] ?? value]));
    const word = text.toLowerCase();
    if (schema.type === "boolean") return { yes: true, true: true, no: false, false: false }[word];
    if (schema.type !== "integer") return text;
    const found = /^([0-9]{1,9})\s*([A-Za-z]*)\.?$/.exec(text);
    const units = ["", ...(schema["x-form-units"] || []).map((unit) => unit.toLowerCase())];
    return found && units.includes(found[2].toLowerCase()) ? Number(found[1]) : undefined;
  }

  function wanted(schema) {
    if (schema.type === "boolean") return "must be yes, or be left out";
    if (schema.type !== "integer") return "must be one of the choices in the list";
    const number = schema.examples?.[0] ?? 10;
    const unit = (schema["x-form-units"] || [])[number === 1 ? 0 : 1] || "";
    return `must be a whole number, for example \`${`${number} ${unit}`.trim()}\``;
  }

  function itemsOf(text) {
    const found = [];
    for (const line of text.split("\n"))
      if (line.trim() && (!line.startsWith(" ") || !found.length)) found.push([line.replace(/^ +/, "")]);
      else if (found.length) found[found.length - 1].push(line.startsWith("  ") ? line.slice(2) : line.replace(/^ +/, ""));
    return found.map(([first, ...more]) => [first.replace(MARK, ""), ...more].join("\n").trimEnd());
  }

  const endsOf = (schema) =>
    Object.entries(schema.properties).filter(([name]) => !schema["x-line"].includes(name));
  const shapeOfLine = (schema) => schema["x-line"].map((name) => schema.properties[name].title.toLowerCase()).join(" | ");

  function split(item) {
    const parts = [];
    let start = 0;
    for (const bar of item.matchAll(BAR))
      if (!bar[2]) {
        parts.push(item.slice(start, bar.index + bar[1].length));
        start = bar.index + bar[0].length;
      }
    parts.push(item.slice(start));
    return parts.map((part) => part.trim().replace(BAR, (_, space, escapes) => `${space}${escapes.slice(1)}|`));
  }

  function partsOf(item, schema) {
    const names = endsOf(schema);
    const places = [...schema["x-line"]];
    const [values, leftOver, twice] = [{}, [], []];
    for (const [index, part] of split(item).entries()) {
      const bare = part.replace(/^\\+/, "");
      const title = bare.includes(":") ? bare.slice(0, bare.indexOf(":")).trim().toLowerCase() : "";
      const [name, inner] = (index && title && names.find(([, each]) => each.title.toLowerCase() === title)) || [];
      if (name && bare === part) {
        if (name in values) twice.push(inner.title);
        values[name] = bare.slice(bare.indexOf(":") + 1).trim();
      } else if (places.length) values[places.shift()] = name ? part.slice(1) : part;
      else if (part) leftOver.push(part);
    }
    for (const key of Object.keys(values)) if (!values[key]) delete values[key];
    return { values, leftOver, twice };
  }

  /** Return {value, problems, raw}: the entry as far as it was answered; `raw` holds the text of fields with problems. */
  own.shape = (answers, form, schema) => {
    const [value, problems, raw] = [{}, [], {}];
    for (const asked of form.fields) {
      const complain = (sentence, where = "") => {
        if (problems.filter((one) => one.field === asked.id).length < MOST)
          problems.push({ field: asked.id, message: `${asked.label}${where} ${sentence}` });
        raw[asked.id] = answers[asked.id];
      };
      const shaped = shapedField(asked, tidy(answers[asked.id] || "", complain), own.fieldAt(asked.steps, schema), complain);
      if (shaped === undefined) continue;
      const holder = asked.steps.length === 1 ? value : (value[asked.steps[0]] = value[asked.steps[0]] || {});
      holder[asked.steps[asked.steps.length - 1]] = shaped;
    }
    return { value: inSchemaOrder(value, schema), problems, raw };
  };

  /** Return text without what no reader sees, save where it is in its place. */
  const bareOf = (text) => text.replace(new RegExp(own.page.hidden, "gu"), (found, hidden) => (hidden ? "" : found));

  function tidy(typed, complain) {
    const text = typed.normalize("NFC").replace(/\r\n?/g, "\n").replace(/\t/g, "  ");
    const bare = bareOf(text).replace(ENTITY, (entity) => {
      const sign = globalThis.markdownit().utils.unescapeAll(entity);
      return bareOf(sign) === sign ? entity : "";
    });
    if (bare !== text) complain("holds an invisible character. Delete it, and type the words anew.");
    return trimEnd(bare);
  }

  function shapedField(asked, text, schema, complain) {
    if (!text.trim()) return undefined;
    if (asked.element === "dropdown") {
      const words = asked.multiple ? text.split(",") : [text];
      const values = words.filter((word) => word.trim()).map((word) => chosen(word.trim(), asked.options));
      const known = values.filter(Boolean);
      if (!asked.multiple) return known[0];
      return known.length ? known : undefined;
    }
    if (schema.type === "array") return itemsOf(text).map((item, at) => shapedItem(item, schema.items, at + 1, complain));
    if (asked.parts.length) return shapedItem(text.trim(), schema, 0, complain);
    return shapedScalar(text.trim(), schema, "", complain);
  }

  function shapedItem(item, schema, order, complain) {
    if (schema.type !== "object") return joined(item);
    const where = order ? ` ${order}` : "";
    const { values, leftOver, twice } = partsOf(item, schema);
    const absent = (schema.required || []).filter((name) => !(name in values));
    if (absent.length) {
      const named = absent.map((name) => `“${schema.properties[name].title}”`).join(" and no ");
      const wrapped = order > 1 ? " If the line goes on with the item above, begin it with two spaces." : "";
      complain(`has no ${named}. Write it as \`${shapeOfLine(schema)}\`.${wrapped}`, where);
    }
    if (leftOver.length) {
      const names = endsOf(schema).map(([, inner]) => `\`${inner.title}: …\``).join(", ");
      const further = names ? ` and then ${names}` : "";
      complain(`has more parts than \`${shapeOfLine(schema)}\`${further}. Too much is “${short(leftOver[0])}”. ` +
        "Where a bar belongs to the text, write it as `\\|`.", where);
    }
    for (const title of twice) complain(`says “${title}:” twice. Keep one.`, where);
    if (absent.length) return {};
    const value = {};
    for (const [name, inner] of Object.entries(schema.properties))
      if (name in values) {
        const shaped = shapedScalar(values[name], inner, `${where}, ${inner.title}`, complain);
        if (shaped !== undefined) value[name] = shaped;
      }
    return value;
  }

  function shapedScalar(text, schema, where, complain) {
    const value = scalarFrom(takesLineBreaks(schema) ? text : joined(text), schema);
    if (value === undefined) complain(`${wanted(schema)}${own.given(text)}`, where);
    return value;
  }

  function inSchemaOrder(value, schema) {
    if (Array.isArray(value)) return value.map((inner) => inSchemaOrder(inner, schema.items || {}));
    if (!value || typeof value !== "object") return value;
    const names = Object.keys(schema.properties || {}).filter((name) => name in value);
    return Object.fromEntries(names.map((name) => [name, inSchemaOrder(value[name], schema.properties[name])]));
  }
})();
