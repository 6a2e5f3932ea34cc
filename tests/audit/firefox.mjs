// The readers' tasks in Firefox, on a phone 360 px wide. Arguments: the browser's program, the site's address.
// Prints one line of JSON: for each task its name and, where it failed, what was seen.
import puppeteer from "puppeteer-core";

const [executablePath, site] = process.argv.slice(2);
const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
const page = await browser.newPage();
await page.setViewport({ width: 360, height: 740 });
page.setDefaultTimeout(15000);
const asked = [], faults = [];
page.on("request", request => asked.push(request.url()));
page.on("pageerror", error => faults.push(String(error)));

const open = path => page.goto(`${site}/${path}`, { waitUntil: "load" });
const must = (fact, words) => { if (!fact) throw new Error(words); };
const press = async (words, within = "main") => {
  const found = await page.waitForSelector(`${within} ::-p-text(${words})`);
  await found.scrollIntoView();
  await found.click();
};
const follow = async (selector) => {
  const link = await page.waitForSelector(selector);
  await link.scrollIntoView();
  await Promise.all([page.waitForNavigation(), link.click()]);
};
const shown = selector => page.$$eval(selector, all => all.filter(one => one.offsetParent).length);

const tasks = {
  "ten quiet minutes": async () => {
    await open("index.html");
    await follow("main a[href='safety/index.html']");
    await follow("main a.onward");
    must(page.url().includes("/paths/new-here/"), `Continue to led to ${page.url()}`);
    must(await page.$("#ten-minutes"), "the page has no part for ten minutes");
  },
  "the menu opens": async () => {
    await open("exercises/index.html");
    await (await page.$(".menu summary")).click();
    must(await shown(".menu a") > 5, "the menu shows no links");
  },
  "an exercise of 45 minutes": async () => {
    await open("exercises/index.html");
    const all = await shown("main .card h3");
    await (await page.$(".facets summary")).click();
    await press("Up to 45 minutes", ".facets");
    await page.waitForFunction(`document.querySelectorAll("main .card h3").length < ${all}`);
    const left = await shown("main .card h3");
    must(left > 0, `${left} of ${all} are left`);
    await follow("main .card h3 a");
    await follow("main a[href$='lead/index.html']");
    must(await shown(".steps .minutes") > 0, "the page for whoever leads has no steps");
  },
  "search": async () => {
    await open("search/index.html");
    await page.type("input[type=search]", "strike fund");
    await page.keyboard.press("Enter");
    await page.waitForFunction("/results for/.test(document.querySelector('[role=status]').textContent)");
    const title = await page.$eval(".findings li a", link => link.textContent.trim());
    await follow(".findings li a");
    const there = await page.evaluate(() => document.querySelector(location.hash || "h1").textContent.trim());
    must(there.startsWith(title), `${title} led to ${there}`);
    must(!asked.some(address => /strike/i.test(new URL(address).search)), "a request told the words");
  },
  "a word explained in place": async () => {
    await open("guide/agree-how-you-work/index.html");
    await page.$$eval("main details", parts => parts.forEach(part => { part.open = true; }));
    const word = await page.waitForSelector("button.term", { visible: true });
    await word.scrollIntoView();
    await word.click();
    must(await page.$(".meaning:popover-open"), "no meaning opened");
  },
  "three exercises in a kit": async () => {
    await open("exercises/index.html");
    await press("Add to kit");
    await press("Keep them until I close this tab");
    await page.waitForFunction("/is in your kit/.test(document.querySelector('[aria-live]').textContent)");
    await press("Add to kit");
    await open("exercises/kit/index.html");
    must((await page.evaluate("sessionStorage.getItem('mutualaid-kit')")).split('"id"').length === 3, "two were kept");
    const forget = await page.waitForSelector("[data-do=forget]", { visible: true });
    await forget.scrollIntoView();
    await forget.click();
    must((await page.evaluate("sessionStorage.length + localStorage.length")) === 0, "something is still kept");
  },
  "a draft stays on its page": async () => {
    await open("contribute/draft/examples/index.html");
    const story = await page.waitForSelector("main textarea");
    await story.scrollIntoView();
    await story.type("Three of us at a branch swapped shifts for one month.");
    must((await page.evaluate("sessionStorage.length + localStorage.length")) === 0, "what was typed is stored");
  },
};

const results = [];
for (const [name, play] of Object.entries(tasks)) {
  faults.length = 0;
  let fault = "";
  try {
    await play();
    const wide = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    must(wide <= 0, `the last page is ${wide} px too wide`);
    must(faults.length === 0, faults.join("; "));
  } catch (error) { fault = `${page.url()}: ${error.message}`; }
  results.push({ name, fault });
}
const elsewhere = asked.filter(address => !address.startsWith(site) && !address.startsWith("data:"));
results.push({ name: "nobody else is asked", fault: elsewhere.join(" ") });
await browser.close();
console.log(JSON.stringify(results));
