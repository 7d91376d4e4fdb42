// Users of the review page: a reviewer signs in, approves under their own name, is refused what is for operators, changes
// their password and signs out; somebody who guesses is locked out; an operator uploads.
//
//   node users.mjs URL JOB PASSWORD SCREENSHOT_FOLDER
// with the users Asha, a reviewer, and Omar, an operator, and a job with a bill that nobody has decided about.
import assert from "node:assert/strict";
import path from "node:path";
import {chromium} from "playwright-core";
import {hasNoBarrier, SHOWN_MS} from "./looking.mjs";

const [url, job, password, folder] = process.argv.slice(2);
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
const context = await browser.newContext({viewport: {width: 1200, height: 800}});
context.setDefaultTimeout(SHOWN_MS);
await context.addInitScript(() => localStorage.setItem("billstep.reviewer", "Somebody else"));
const page = await context.newPage();
const problems = [];
page.on("pageerror", error => problems.push(String(error)));

/** What the page's server answers, asked by the page. */
const asked = (where, options) => page.evaluate(async ([to, how]) => {
  const answer = await fetch(to, how);
  return {status: answer.status, body: await answer.json()};
}, [where, options]);

async function signIn(name, typed) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password", {exact: true}).fill(typed);
  await page.getByRole("button", {name: "Sign in"}).click();
}

const saysWrong = page.getByRole("alert").filter({hasText: "That name and password don't go together."});

try {
  // Whoever has not signed in sees nothing, and comes back to what they wanted.
  await page.goto(new URL("/desk#pile=clear", url).href);
  await page.getByRole("heading", {name: "Sign in"}).waitFor();
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  assert.deepEqual(await asked("/api/jobs"), {status: 401, body: {message: "Sign in first."}});
  await hasNoBarrier(page, "the page to sign in");
  await page.screenshot({path: path.join(folder, "sign-in.png")});
  await signIn("Asha", "not the password");
  await saysWrong.waitFor();
  await hasNoBarrier(page, "the page to sign in, after a wrong password");
  await signIn("asha", password);
  await page.getByText("Signed in as Asha, reviewer").waitFor();
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash.split("&")[0], "/desk#pile=clear");
  await page.getByLabel("Your name").waitFor({state: "hidden"});

  // What they approve is approved by them, whatever name their browser says.
  const {docs} = (await asked(`/api/jobs/${job}`)).body;
  const bill = docs.find(doc => doc.doc_type === "bill");
  await page.goto(new URL(`/desk#pile=clear&doc=${bill.id}`, url).href);
  await page.reload();
  await page.locator("#approve:enabled").waitFor();
  await hasNoBarrier(page, "the desk of somebody who has signed in");
  await page.screenshot({path: path.join(folder, "signed-in.png")});
  const {version} = (await asked(`/api/docs/${bill.id}`)).body.doc;
  const decided = await asked(`/api/docs/${bill.id}/decision`, {method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({actor: "Somebody else", version, id: crypto.randomUUID(), review: "approved"})});
  assert.equal(decided.status, 200, JSON.stringify(decided.body));
  assert.equal(decided.body.doc.reviewed_by, "Asha");

  // What is for operators is neither shown nor done.
  await page.goto(new URL("/", url).href);
  await page.getByText("Signed in as Asha").waitFor();
  await page.locator(`tr[data-job="${job}"]`).waitFor();
  await page.locator("#files").waitFor({state: "hidden"});
  const refused = await asked(`/api/jobs/${job}/retry`, {method: "POST"});
  assert.deepEqual(refused, {status: 403, body: {message: "That is for operators, and Asha is a reviewer. Ask an operator to do it."}});

  // Their own password.
  await page.getByRole("link", {name: "Asha"}).click();
  await page.getByRole("heading", {name: "Change your password"}).waitFor();
  await hasNoBarrier(page, "the account");
  await page.getByLabel("The one that you have now").fill(password);
  await page.getByLabel("The new one").fill("too short");
  await page.getByRole("button", {name: "Change it"}).click();
  await page.getByRole("alert").filter({hasText: "at least 15 characters"}).waitFor();
  await page.getByLabel("The new one").fill("a lorry full of tamarind");
  await page.getByRole("button", {name: "Change it"}).click();
  await page.getByText("Your password is changed.").waitFor();
  await page.getByRole("button", {name: "Sign out"}).click();
  await page.getByRole("heading", {name: "Sign in"}).waitFor();
  await page.goto(url);
  await page.getByRole("heading", {name: "Sign in"}).waitFor();
  await signIn("Asha", password);
  await saysWrong.waitFor();
  await signIn("Asha", "a lorry full of tamarind");
  await page.getByText("Signed in as Asha").waitFor();

  // Who is signed in no longer is told to sign in, where they were.
  await context.clearCookies();
  await page.getByRole("heading", {name: "Sign in"}).waitFor();

  // Guessing.
  for (let wrong = 0; wrong < 5; wrong++) {
    const answered = page.waitForResponse("**/api/session");
    await signIn("Mallory", `guess number ${wrong}`);
    assert.equal((await answered).status(), 403);
    await page.locator("#sign-in button:enabled").waitFor();
  }
  await signIn("Mallory", "one guess more");
  await page.getByRole("alert").filter({hasText: "too many wrong passwords. Try again in 15 minutes."}).waitFor();

  // An operator.
  await signIn("Omar", password);
  await page.getByText("Signed in as Omar, operator").waitFor();
  await page.locator("#files").setInputFiles({name: "by omar.pdf", mimeType: "application/pdf", buffer: Buffer.from("no bill")});
  await page.getByRole("link", {name: "by omar.pdf"}).waitFor();
  assert.deepEqual(problems, []);
  console.log("users sign in");
} finally {
  await browser.close();
}
