// The list of jobs: what is looked for is in the address, sorted, a part at a time; many are approved, exported,
// and deleted at once.
//
//   node list.mjs URL FILE SCREENSHOT_FOLDER
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import path from "node:path";
import {chromium} from "playwright-core";
import {hasNoBarrier, SHOWN_MS, until} from "./looking.mjs";

const [url, file, folder] = process.argv.slice(2);
const FINISHED_MS = 300_000;
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
const context = await browser.newContext({viewport: {width: 1400, height: 900}, acceptDownloads: true});
context.setDefaultTimeout(SHOWN_MS);
const page = await context.newPage();
const strangers = [];
const problems = [];
page.on("request", request => { if (!request.url().startsWith(new URL(url).origin) && !request.url().startsWith("blob:")) strangers.push(request.url()); });
page.on("pageerror", error => problems.push(String(error)));
const shot = name => page.screenshot({path: path.join(folder, `${name}.png`)});
const api = async (where, options) => (await fetch(new URL(where, url), options)).json();

async function uploaded(name) {
  const {id} = await api(`/api/jobs?name=${encodeURIComponent(name)}`, {method: "POST", body: readFileSync(file)});
  await until("the file is read", async () => (await api(`/api/jobs/${id}/row`)).status === "processed", FINISHED_MS);
  return id;
}

const row = id => page.locator(`tr[data-job="${id}"]`);
const rows = page.locator("tr[data-job]");

try {
  const first = await uploaded("mayfile one.pdf");
  const second = await uploaded("mayfile two.pdf");
  const {jobs} = await api("/api/list?q=mayfile");
  const read = jobs.find(job => job.id === first);
  assert.equal(jobs.length, 2);

  // What is looked for is in the address, and comes back with it.
  await page.goto(url);
  await row(first).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("mayfile");
  await until("the others are gone", async () => await rows.count() === 2);
  await page.waitForURL(/#q=mayfile/);
  await row(first).getByText(read.party, {exact: true}).waitFor();
  await row(second).getByText("duplicate").waitFor();
  await page.reload();
  await until("the same is asked for", async () => await rows.count() === 2);
  assert.equal(await page.getByLabel("Search").inputValue(), "mayfile");
  await page.locator("#filters [name=which]").selectOption("duplicate");
  await until("one is a duplicate", async () => await rows.count() === 1);
  await page.goBack();
  await until("both are back", async () => await rows.count() === 2);
  assert.equal(await page.locator("#filters [name=which]").inputValue(), "");
  await page.getByLabel("Search").fill("mayfile nothing-like-it");
  await page.getByText("No job is like that").waitFor();
  await page.getByLabel("Search").fill("mayfile");
  await until("both are there again", async () => await rows.count() === 2);
  await shot("list");
  await hasNoBarrier(page, "the list");

  // Sorted, by its headings.
  const order = () => rows.evaluateAll(all => all.map(each => each.dataset.job));
  await page.locator("[data-sort=file_name] button").click();
  await until("by name", async () => (await order()).join() === [first, second].join());
  await page.locator("[data-sort=file_name] button").click();
  await until("backwards", async () => (await order()).join() === [second, first].join());
  assert.equal(await page.locator("[data-sort=file_name]").getAttribute("aria-sort"), "descending");

  // Parts of the list, here of one job each.
  await page.route("**/api/list?*", route => route.continue({url: `${route.request().url()}&limit=1`}));
  await page.reload();
  await page.getByRole("link", {name: "Next"}).click();
  await until("the next part", async () => (await order()).join() === first);
  await page.getByRole("link", {name: "First"}).click();
  await until("the first part", async () => (await order()).join() === second);
  await page.unroute("**/api/list?*");

  // A job is opened by the keyboard; the way back leads to what was looked for.
  await page.reload();
  await until("both", async () => await rows.count() === 2);
  await row(first).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", {name: "processed"}).waitFor();
  await page.keyboard.press("Escape");
  await until("the list is as it was", async () => await rows.count() === 2);
  assert.match(page.url(), /q=mayfile/);

  // Nobody approves without a name; what is approved is asked for, with a count.
  await page.getByRole("button", {name: /Approve \d+ documents? not flagged/}).click();
  await page.getByText("Enter your name above").waitFor();
  await page.locator("#who").fill("Asha");
  await page.locator("#who").blur();
  await page.getByRole("button", {name: /Approve \d+ documents? not flagged/}).click();
  const question = page.getByRole("dialog");
  await question.getByRole("heading", {name: /^Approve \d+ documents? \(\d+ pages?\)\?$/}).waitFor();
  await hasNoBarrier(page, "the question");
  await question.getByRole("button", {name: "Cancel"}).click();
  assert.equal((await api("/api/list/counts?q=mayfile")).counts.approved, 0);
  await page.getByRole("button", {name: /Approve \d+ documents? not flagged/}).click();
  await question.getByRole("button", {name: "Approve", exact: true}).click();
  const {counts} = await api("/api/list/counts?q=mayfile");
  await until("they are approved", async () => (await api("/api/list/counts?q=mayfile")).counts.approvable === 0);
  assert.ok(counts.flagged > 0, "flagged pages are left");
  await row(first).getByText("approved").waitFor();

  // Exported, as the command does.
  await page.getByRole("button", {name: "Export…"}).click();
  const download = page.waitForEvent("download");
  await question.getByRole("button", {name: "Export", exact: true}).click();
  const csv = readFileSync(await (await download).path(), "utf8");
  assert.equal((await download).suggestedFilename(), "bills.csv");
  assert.match(csv, /^id,job_id,file_name/);
  assert.match(csv, /mayfile one\.pdf/);

  // Deleted: what is approved stays, unless it is meant too.
  await row(first).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", {name: "Delete 1 job…"}).click();
  await shot("list-delete");
  await question.getByRole("button", {name: "Delete", exact: true}).click();
  await page.getByText("Approved, and so not deleted").waitFor();
  await row(first).locator("input").check();
  await page.getByRole("button", {name: "Delete 1 job…"}).click();
  await question.getByLabel(/also \d+ approved page/).check();
  await question.getByRole("button", {name: "Delete", exact: true}).click();
  await until("it is gone", async () => await rows.count() === 1);
  assert.equal((await fetch(new URL(`/api/jobs/${first}/row`, url))).status, 404);

  // On a phone, and in the dark.
  await page.setViewportSize({width: 390, height: 800});
  await shot("list-phone");
  await hasNoBarrier(page, "the phone");
  await page.emulateMedia({colorScheme: "dark"});
  await shot("list-dark");
  await hasNoBarrier(page, "the dark");
  assert.deepEqual(strangers, []);
  assert.deepEqual(problems, []);
} catch (failure) {
  await shot("failure");
  throw failure;
} finally {
  await browser.close();
}
