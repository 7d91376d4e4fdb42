// A reviewer at the review page: uploads a file on it, watches it finish, looks at its second page,
// has that page read again, and sees what it said before.
//
//   node review.mjs URL FILE INVOICE_NUMBER SCHEMA_VERSION SCREENSHOT_FOLDER
import assert from "node:assert/strict";
import path from "node:path";
import {chromium} from "playwright-core";

const [url, file, invoice, version, folder] = process.argv.slice(2);
// However busy the machine is: six scanned pages are read meanwhile.
const FINISHED_MS = 300_000;
const SHOWN_MS = 120_000;
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
const context = await browser.newContext({viewport: {width: 1400, height: 900}});
context.setDefaultTimeout(SHOWN_MS);
const page = await context.newPage();
const strangers = [];
const problems = [];
// "The page works without the network": nothing but the page's own server is asked for anything.
page.on("request", request => { if (!request.url().startsWith(new URL(url).origin)) strangers.push(request.url()); });
page.on("pageerror", error => problems.push(String(error)));
page.on("console", message => { if (message.type() === "error") problems.push(message.text()); });
const shot = name => page.screenshot({path: path.join(folder, `${name}.png`)});

try {
  await page.goto(url);
  await page.route("**/api/limits", route => route.fulfill({json: {uploadBytes: 10}}), {times: 1});
  await page.locator("#files").setInputFiles(file);
  await page.getByText("at most 10 are accepted").waitFor();
  await page.locator("#files").setInputFiles(file);
  const row = page.locator("tr[data-job]", {hasText: path.basename(file)}).first();
  await row.locator("progress").waitFor({timeout: FINISHED_MS});
  await shot("progress");
  await row.getByText("processed").waitFor({timeout: FINISHED_MS});
  await shot("jobs");

  await row.click();
  await page.getByRole("heading", {name: "processed"}).waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("heading", {name: "Page 2: bill"}).waitFor();
  const image = page.locator(".page img");
  await page.waitForFunction(() => document.querySelector(".page img").naturalWidth > 1000);
  assert.match(await image.getAttribute("src"), /\/pages\/2\/images\/[0-9a-f]{64}\.png/);
  const field = page.locator("tr[data-path='/invoice_number']");
  assert.equal(await field.locator("td.value").evaluate(cell => cell.firstChild.textContent), invoice);
  await field.click();
  await page.locator("rect.chosen[data-path='/invoice_number']").waitFor();
  await shot("page");

  await page.getByRole("button", {name: "Read page 2 again"}).click();
  await shot("replay");
  await page.getByLabel("Schema version").fill(version);
  await page.getByRole("button", {name: "Read again"}).click();
  await page.getByRole("heading", {name: "What it said before"}).waitFor({timeout: FINISHED_MS});
  assert.equal(await page.locator(".revision").count(), 1);
  const changed = await page.locator(".revision tr", {hasText: "place_of_supply"}).locator("td").allTextContents();
  assert.deepEqual(changed, ["place_of_supply", "Gujarat", ""], "the version that is read by now does not ask for it");
  assert.match(await page.locator(".fields > .meta").first().textContent(), new RegExp(`schema ${version} · 1 revisions`));
  await page.locator(".revision").scrollIntoViewIfNeeded();
  await shot("revision");

  await page.setViewportSize({width: 390, height: 800});
  await page.evaluate(() => scrollTo(0, 0));
  await shot("phone");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the phone scrolls sideways");
  await page.emulateMedia({colorScheme: "dark"});
  await shot("dark");

  await page.keyboard.press("Escape");
  await row.waitFor();
  assert.deepEqual(strangers, []);
  assert.deepEqual(problems, []);
} catch (failure) {
  await shot("failure");
  throw failure;
} finally {
  await browser.close();
}
