// Runs the draft page's own check and reading outside a browser, for tests. On standard input is JSON: {details, texts},
// or {reading, asked, texts} for what is understood of each text; on standard output is what comes of each text.
import { readFileSync } from "node:fs";
import "../theme/static/js/draft/identifying.js";
import "../theme/static/js/draft/understood.js";

const own = globalThis.draftPage;
const { details, reading, asked, texts } = JSON.parse(readFileSync(0, "utf-8"));
own.page = { reading };
const understood = (text) => own.understood({ values: { [asked.id]: text } }, { questions: [asked] })[0][1];
process.stdout.write(JSON.stringify(texts.map((text) => (asked ? understood(text) : own.findIn(text, details)))));
