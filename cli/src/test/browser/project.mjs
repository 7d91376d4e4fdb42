// The review page as users of a Supabase project have it: a reviewer signs in by e-mail address, sees their own jobs and
// no button that runs anything, corrects and approves a page, and signs out; who is no reviewer looks and can't decide.
//
//   node project.mjs URL JOB PASSWORD SCREENSHOT_FOLDER
// with the users alice@example.com, a reviewer, and reader@example.com, who is none, and a job of theirs with a bill.
import assert from "node:assert/strict";
import path from "node:path";
import {chromium} from "playwright-core";
import {hasNoBarrier, SHOWN_MS} from "./looking.mjs";

const [url, job, password, folder] = process.argv.slice(2);
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
const context = await browser.newContext({viewport: {width: 1200, height: 800}});
context.setDefaultTimeout(SHOWN_MS);
const page = await context.newPage();
const problems = [];
page.on("pageerror", error => problems.push(String(error)));

async function signIn(email) {
  await page.getByRole("heading", {name: "Sign in"}).waitFor();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", {exact: true}).fill(password);
  await page.getByRole("button", {name: "Sign in"}).click();
}

async function signOut() {
  await page.getByRole("button", {name: "Sign out"}).click();
  await page.getByRole("heading", {name: "Sign in"}).waitFor();
}

try {
  // Who is no reviewer looks at what is theirs.
  await page.goto(url);
  await hasNoBarrier(page, "the page to sign in");
  await signIn("reader@example.com");
  await page.getByText("Signed in as reader@example.com, reader").waitFor();
  const row = page.locator(`tr[data-job="${job}"]`);
  await row.waitFor();
  await page.locator("#approve-all").waitFor({state: "hidden"});
  await page.locator("#files").waitFor({state: "hidden"});
  const {docs} = await page.evaluate(async id => (await fetch(`/api/jobs/${id}`)).json(), job);
  const bill = docs.find(doc => doc.doc_type === "bill");
  await page.goto(new URL(`/desk#doc=${bill.id}`, url).href);
  await page.getByText("You are signed in, but no reviewer.").first().waitFor();
  await page.waitForFunction(() => document.querySelector("#picture img")?.naturalWidth > 0);
  assert.equal(await page.locator("#approve:enabled").count(), 0);
  await signOut();

  // A reviewer's job, with its pages.
  await page.goto(url);
  await signIn("alice@example.com");
  await page.getByText("Signed in as alice@example.com, reviewer").waitFor();
  await row.click();
  await page.waitForFunction(() => document.querySelector("#job img")?.naturalWidth > 0);
  assert.deepEqual(await page.locator("#job .operator:visible").allInnerTexts(), []);
  await page.screenshot({path: path.join(folder, "project-job.png")});

  // The desk.
  await page.goto(new URL(`/desk#doc=${bill.id}`, url).href);
  await page.reload();
  await page.locator("#approve:enabled").waitFor();
  await page.waitForFunction(() => document.querySelectorAll("#picture .word").length > 0);
  assert.equal(await page.locator("#type").isDisabled(), true);
  await hasNoBarrier(page, "the desk of a project's reviewer");
  await page.screenshot({path: path.join(folder, "project-desk.png")});
  const decided = page.waitForResponse(`**/api/docs/${bill.id}/decision`);
  await page.locator("#approve").click();
  const {doc} = await (await decided).json();
  assert.equal(doc.review, "approved");
  assert.equal(doc.reviewed_by, "alice@example.com");
  await signOut();
  await page.goto(new URL("/desk", url).href);
  await page.getByRole("heading", {name: "Sign in"}).waitFor();
  assert.deepEqual(problems, []);
  console.log("a project's users review");
} finally {
  await browser.close();
}
