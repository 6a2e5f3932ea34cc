// Runs the draft page's own check outside a browser, for tests: {details, texts} as JSON on standard input, the findings
// of each text as JSON on standard output.
import { readFileSync } from "node:fs";
import "../theme/static/js/draft/identifying.js";

const { details, texts } = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(texts.map((text) => globalThis.draftPage.findIn(text, details))));
