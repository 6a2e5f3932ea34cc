// The texts with which a draft leaves: the twin of `write_form` in tools/mutualaid/core/forms/answers.py, and a plain text that
// tools/mutualaid/core/forms/plain_text.py reads. Answers are {values: {id: text}, consents: [true, …]}.
(() => {
  "use strict";
  const own = (globalThis.draftPage = globalThis.draftPage || {});
  const boxes = ({ consents }, form) =>
    form.consents.map((sentence, at) => `- [${consents[at] ? "x" : " "}] ${sentence}`).join("\n");
  const lines = (text) => text.replace(/\r\n?/g, "\n").split("\n");

  const section = (answers, { id, label, element }) => {
    const text = lines(answers.values[id] || "").join("\n");
    if (!text.trim()) return `### ${label}\n\n_No response_`;
    return `### ${label}\n\n${element === "textarea" ? `\`\`\`text\n${text}\n\`\`\`` : text}`;
  };

  /** Return what GitHub's own form does not ask, as an editor would add it there. */
  own.added = (answers, form) =>
    form.questions.filter(({ id, is_short }) => !is_short && (answers.values[id] || "").trim())
      .map((asked) => section(answers, asked)).join("\n\n");

  /** Return the text that GitHub would make of these answers, with what is added to it. */
  own.asForm = (answers, form) => {
    const parts = form.questions.filter((asked) => asked.is_short).map((asked) => section(answers, asked));
    const more = own.added(answers, form);
    if (more) parts.push(more);
    return `${[...parts, `### ${form.consent_label}\n\n${boxes(answers, form)}`].join("\n\n")}\n`;
  };

  /** Return the answers as a text for a mail, each after its label; what was left blank is left out. */
  own.asPlain = (answers, form) => {
    const parts = form.questions
      .filter(({ id }) => (answers.values[id] || "").trim())
      .map(({ id, label, element }) => {
        const text = lines(answers.values[id]).join("\n").replace(/^\n+/, "").trimEnd();
        return `${label.endsWith("?") ? label : `${label}:`}${element === "textarea" ? "\n" : " "}${text}`;
      });
    return `${[...parts, `${form.consent_label}:\n${boxes(answers, form)}`].join("\n\n")}\n`;
  };

  /** Return [id, line] of each typed line that would be read as one of the form's questions. */
  own.mistakable = (answers, form) => {
    const labels = [...form.questions.map(({ label }) => label), form.consent_label].map((label) => label.toLowerCase());
    const isQuestion = (line) => {
      const bare = line.toLowerCase().replace(/^[^\p{L}\p{N}]*([a-z]?\d{1,2}[.)])?[^\p{L}\p{N}]*/u, "");
      const isMarked = /^[^\p{L}\p{N}]*[*_~`"'“”„‘’«»[\]]/u.test(line);
      return labels.some((label) => bare.startsWith(label) && (label.endsWith("?") || isMarked ||
        /^[\s*_~`"'“”„‘’«»[\]]*(\([^()]*\))?[\s.\\*_]*([:：]|[-–—=|→](\s|$)|$)|^\t/.test(bare.slice(label.length))));
    };
    return form.questions.filter(({ element }) => element === "textarea")
      .flatMap(({ id }) => lines(answers.values[id] || "").filter(isQuestion).map((line) => [id, line.trim()]));
  };
})();
