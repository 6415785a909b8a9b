// Drives Firefox over WebDriver BiDi, told a step a line, answering each with a line: node firefox.js PROGRAM
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const [executablePath] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  protocolTimeout: 60_000,
  extraPrefsFirefox: {
    "dom.disable_open_during_load": false, // windows open without a click, as they do in Playwright's Chromium
    "intl.accept_languages": "vi-VN, vi",
    "media.autoplay.default": 0,
    "dom.min_background_timeout_value": 4, // whose window lies behind another goes on as fast
    "network.http.referer.disallowCrossSiteRelaxingDefault": false, // as in other browsers, a page may tell others where it is
    "dom.timeout.enable_budget_timer_throttling": false,
  },
});

const contexts = [];
const tabs = [];

/** Remember a tab, and those that it opens. */
function keep(page, context) {
  tabs.push({ page, context });
  page.on("popup", (popup) => popup && keep(popup, context));
  return tabs.length - 1;
}

/** Find a frame by the selectors of the elements around it. */
async function inside(tab, frames) {
  let frame = tabs[tab].page.mainFrame();
  for (const selector of frames) frame = await (await frame.waitForSelector(selector)).contentFrame();
  return frame;
}

const steps = {
  screen: async () => contexts.push(await browser.createBrowserContext()) - 1,
  open: async ({ context }) => keep(await contexts[context].newPage(), context),
  tabs: async ({ context }) => tabs.flatMap((tab, at) => (tab.context === context && !tab.page.isClosed() ? [at] : [])),
  close: async ({ context }) => contexts[context].close(),
  address: async ({ tab }) => tabs[tab].page.url(),
  go: async ({ tab, address }) => void (await tabs[tab].page.goto(address)),
  click: async ({ tab, selector, frames }) => (await (await inside(tab, frames)).waitForSelector(selector, { visible: true })).click(),
  run: async ({ tab, script, frames }) => (await inside(tab, frames)).evaluate(`(async () => { ${script} })()`),
};

console.log(JSON.stringify({ value: await browser.version() }));
for await (const line of createInterface({ input: process.stdin })) {
  const { step, ...words } = JSON.parse(line);
  const answer = await steps[step](words).then(
    (value) => ({ value }),
    (error) => ({ error: String(error) }),
  );
  console.log(JSON.stringify(answer));
}
await browser.close();
