// Reviewers at the desk: one corrects a page, its lines by pasting from a spreadsheet, undoes, and approves it, while
// another may only look; a page of unknown kind is sorted and read again; words of a digital page fill a field.
//
//   node desk.mjs URL FILE DIGITAL_FILE SCREENSHOT_FOLDER
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import path from "node:path";
import {chromium} from "playwright-core";
import {hasNoBarrier, SHOWN_MS, until} from "./looking.mjs";

const [url, file, digital, folder] = process.argv.slice(2);
const FINISHED_MS = 300_000;
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
const strangers = [];
const problems = [];

async function reviewer(name, device = {viewport: {width: 1400, height: 900}}) {
  const context = await browser.newContext(device);
  context.setDefaultTimeout(SHOWN_MS);
  await context.addInitScript(who => localStorage.setItem("billstep.reviewer", who), name);
  const page = await context.newPage();
  page.on("request", request => { if (!request.url().startsWith(new URL(url).origin)) strangers.push(request.url()); });
  page.on("pageerror", error => problems.push(String(error)));
  return page;
}

const api = async (where, options) => (await fetch(new URL(where, url), options)).json();
const field = (page, place) => page.locator(`:is(input, textarea, select)[data-path='${place}']`);
const stateOf = (page, place) => field(page, place).getAttribute("data-state");

function withResolvers() {
  let resolve;
  return {promise: new Promise(resolved => { resolve = resolved; }), resolve};
}

async function uploaded(document) {
  const {id} = await api(`/api/jobs?name=${encodeURIComponent(`desk ${path.basename(document)}`)}`, {method: "POST", body: readFileSync(document)});
  await until("the file is read", async () => (await api(`/api/jobs/${id}/row`)).status === "processed", FINISHED_MS);
  return id;
}

const asha = await reviewer("Asha");
const bina = await reviewer("Bina");
const shot = name => asha.screenshot({path: path.join(folder, `${name}.png`)});

try {
  const [job, digitalJob] = await Promise.all([file, digital].map(uploaded));
  const {docs} = await api(`/api/jobs/${job}`);
  const bill = docs.find(doc => doc.doc_type === "bill");
  const letter = docs.find(doc => doc.doc_type === "unknown");
  const waybill = docs.find(doc => doc.doc_type === "eway_bill");
  const reviewed = () => api(`/api/docs/${bill.id}`);
  const read = bill.ocr_payload.fields;

  // One page, its fields and the places where they are printed.
  await asha.goto(new URL(`/desk#pile=clear&doc=${bill.id}`, url).href);
  await field(asha, "/invoice_number").waitFor();
  assert.equal(await field(asha, "/invoice_number").inputValue(), read.invoice_number);
  assert.match(await field(asha, "/grand_total").inputValue(), /^\d{1,2}(,\d{2})*,\d{3}\.\d{2}$|^\d{1,3}\.\d{2}$/, "grouped as in India");
  assert.match(await field(asha, "/invoice_date").inputValue(), /^\d\d-\d\d-\d{4}$/);
  assert.equal(await stateOf(asha, "/invoice_date"), "sure");
  await asha.locator("rect.value[data-path='/grand_total']").click();
  await asha.locator("rect.chosen[data-path='/grand_total']").waitFor();
  assert.equal(await asha.evaluate(() => document.activeElement.dataset.path), "/grand_total");

  // A cell of a line: its box chooses it wherever it is clicked, and choosing it marks its box.
  const [line] = (await reviewed()).lines.line_items;
  const cell = asha.locator(`rect.value[data-path='/line_items/${line}/quantity']`);
  for (const corner of [0.15, 0.85]) {
    await field(asha, "/invoice_number").focus();
    await asha.getByRole("button", {name: "The whole page"}).click();
    const edges = await cell.boundingBox();
    await cell.click({position: {x: corner * edges.width, y: corner * edges.height}});
    await asha.locator(`rect.chosen[data-path='/line_items/${line}/quantity']`).waitFor();
    assert.equal(await asha.evaluate(() => document.activeElement.dataset.path), `/line_items/${line}/quantity`);
  }
  await field(asha, `/line_items/${line}/taxable_value`).focus();
  await asha.locator(`rect.chosen[data-path='/line_items/${line}/taxable_value']`).waitFor();
  await shot("desk");
  await hasNoBarrier(asha, "the desk");

  // Somebody else may look.
  await bina.goto(new URL(`/desk#pile=clear&doc=${bill.id}`, url).href);
  await bina.getByText("Asha has this page open").waitFor();
  assert.ok(await field(bina, "/invoice_number").isDisabled());
  assert.ok(await bina.locator("#approve").isDisabled());

  // Checked while it is typed, by the server.
  await field(asha, "/seller/gstin").fill("27AAPFU0939F1ZX");
  await asha.getByText("its check character should be V").waitFor();
  assert.equal(await stateOf(asha, "/seller/gstin"), "failed");
  await field(asha, "/seller/gstin").fill(read.seller.gstin);
  await until("it is right again", async () => await stateOf(asha, "/seller/gstin") === "sure");
  await field(asha, "/grand_total").fill("ten");
  await asha.getByText("is not a number").first().waitFor();
  await field(asha, "/grand_total").fill("");
  await until("it is missing", async () => await stateOf(asha, "/grand_total") === "missing");
  await shot("desk-missing");
  await field(asha, "/grand_total").fill(String(read.grand_total));
  await asha.locator("h2").click();

  // Corrected, undone, and corrected again.
  await field(asha, "/invoice_number").fill("INV-7");
  await asha.keyboard.press("Enter");
  await until("it is corrected", async () => await stateOf(asha, "/invoice_number") === "corrected");
  await asha.getByText(`read as “${read.invoice_number}”`).waitFor();
  await asha.keyboard.press("Control+z");
  await until("it is undone", async () => await field(asha, "/invoice_number").inputValue() === read.invoice_number);
  await field(asha, "/invoice_number").fill("INV-8");
  await asha.keyboard.press("Enter");
  await until("it is kept", async () => (await reviewed()).fields.invoice_number === "INV-8");
  const {doc: kept} = await reviewed();
  const stale = await fetch(new URL(`/api/docs/${bill.id}/corrections`, url), {method: "POST", headers: {"Content-Type": "application/json"},
    body: JSON.stringify({actor: "Asha", version: kept.version - 1, id: crypto.randomUUID(), changes: [{path: "/invoice_number", value: "INV-9"}]})});
  assert.equal(stale.status, 409, "whoever has not seen the newest state");

  // Lines: pasted from a spreadsheet, moved, deleted.
  const grid = asha.locator("fieldset", {hasText: "Items"}).locator("tbody tr");
  const lines = await grid.count();
  await asha.getByRole("button", {name: "Add a line"}).click();
  await until("there is a line more", async () => await grid.count() === lines + 1);
  await grid.nth(lines).locator("input").first().focus();
  await asha.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "Nails\t7317\t2,500.5\tKGS\nScrews\t7318\t12\tNOS\n");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}));
  });
  await until("both lines are there", async () => await grid.count() === lines + 2);
  assert.deepEqual((await reviewed()).fields.line_items.slice(lines).map(line => [line.description, line.hsn_sac, line.quantity]),
    [["Nails", "7317", 2500.5], ["Screws", "7318", 12]]);
  await shot("desk-lines");
  await asha.getByRole("button", {name: `Move up: line ${lines + 2}`}).click();
  await until("they changed places", async () => (await reviewed()).fields.line_items[lines].description === "Screws");
  await asha.getByRole("button", {name: `Delete: line ${lines + 1}`}).click();
  await until("one is gone", async () => await grid.count() === lines + 1);
  await asha.getByRole("button", {name: "Undo"}).click();
  await until("it is back", async () => await grid.count() === lines + 2);
  await field(asha, `/line_items/${(await reviewed()).lines.line_items[0]}/taxable_value`).fill("1");
  await asha.locator("tfoot .differs").first().waitFor();
  await asha.keyboard.press("Control+z");
  await field(asha, `/line_items/${(await reviewed()).lines.line_items[0]}/taxable_value`).fill(String(read.line_items[0].taxable_value));
  await asha.locator("tfoot .agrees").first().waitFor();

  // Approved: the next page is opened; what was read is as it was.
  await asha.keyboard.press("Control+Enter");
  await until("it is approved", async () => (await reviewed()).doc.review === "approved");
  const approved = (await api(`/api/jobs/${job}`)).docs.find(doc => doc.id === bill.id);
  assert.equal(approved.reviewed_by, "Asha");
  assert.equal(approved.corrected_fields.invoice_number, "INV-8");
  assert.deepEqual(approved.ocr_payload.fields, read, "what was read");
  await until("another page is open", async () => await asha.evaluate(before => location.hash !== before, `#pile=clear&doc=${bill.id}`));

  // A page without fields is joined to the bill before it, and undone; joined again, and split off.
  const annexure = docs.findLast(doc => doc.doc_type === "unknown");
  const pagesOf = async () => (await api(`/api/docs/${annexure.id}`)).document.pages.map(page => page.page_number).join();
  await asha.goto(new URL(`/desk#pile=unknown&doc=${annexure.id}`, url).href);
  await asha.reload();
  await asha.locator("#say-join:enabled").waitFor({state: "attached"});
  await asha.keyboard.press("Alt+j");
  await until("the pages of the document are shown", async () => await asha.locator(".pages button").count() === 2);
  assert.equal(await pagesOf(), `${annexure.page_number - 1},${annexure.page_number}`);
  await asha.locator("#approve:enabled").waitFor();
  await shot("desk-document");
  await hasNoBarrier(asha, "a document of two pages");
  await asha.keyboard.press("Control+z");
  await until("they are two documents again", async () => await pagesOf() === String(annexure.page_number));
  await until("that is shown", async () => await asha.locator(".pages button").count() === 0);
  await asha.keyboard.press("Alt+j");
  await until("they are joined again", async () => await asha.locator(".pages button").count() === 2);
  await asha.keyboard.press("Alt+s");
  await asha.getByRole("button", {name: "Ignore it"}).waitFor();
  assert.equal(await asha.locator(".pages button").count(), 0);
  assert.equal(await pagesOf(), String(annexure.page_number));

  // A word that is clicked, and what is dragged over, fill the field that was chosen.
  const drawn = (await api(`/api/jobs/${digitalJob}`)).docs.find(doc => doc.doc_type === "bill");
  await asha.goto(new URL(`/desk#pile=clear&doc=${drawn.id}`, url).href);
  await asha.reload();
  await field(asha, "/place_of_supply").focus();
  const words = asha.locator("rect.word");
  await words.first().waitFor({state: "attached"});
  const known = await api(`/api/docs/${drawn.id}/words`);
  const word = known.find(each => /Station|Road|Karnataka/.test(each.text));
  // The answer to a correction comes while the next word is being dragged over.
  const {promise: pointing, resolve: isPointing} = withResolvers();
  await asha.route("**/corrections", async route => { await pointing; await route.continue(); }, {times: 1});
  await words.nth(known.indexOf(word)).click();
  assert.equal(await field(asha, "/place_of_supply").inputValue(), word.text);
  const answered = asha.waitForResponse("**/corrections");
  await field(asha, "/ship_to").focus();
  await asha.getByRole("button", {name: "The whole page"}).click();
  const box = await words.nth(known.indexOf(word)).boundingBox();
  await asha.mouse.move(box.x - 3, box.y - 3);
  await asha.mouse.down();
  isPointing();
  await answered;
  await until("it is corrected", async () => await stateOf(asha, "/place_of_supply") === "corrected");
  await asha.mouse.move(box.x + box.width + 3, box.y + box.height + 3, {steps: 4});
  await asha.mouse.up();
  await until("what was dragged over is in the field", async () => (await field(asha, "/ship_to").inputValue()).includes(word.text));
  await asha.locator("h2").click();
  await until("it is kept", async () => (await api(`/api/docs/${drawn.id}`)).fields.ship_to?.includes(word.text));

  // Words of a scan are looked for when its page is opened, and fill a field as those of a digital page.
  const scanned = await reviewer("Dilip");
  const released = (doc, actor) => api(`/api/docs/${doc.id}/release`, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({actor})});
  await released(waybill, "Asha");
  await scanned.route("**/words", async route => { await new Promise(wake => setTimeout(wake, 1_500)); await route.continue(); });
  await scanned.goto(new URL(`/desk#pile=clear&doc=${waybill.id}`, url).href);
  await scanned.getByText("Looking for the words on this page").waitFor();
  await scanned.locator("rect.word").first().waitFor({state: "attached"});
  await until("nothing is said any more", async () => await scanned.locator(".looking").isHidden());
  const seen = await api(`/api/docs/${waybill.id}/words`);
  // None that a value's box lies over: that would choose the value.
  const isIn = (word, box) => word.x + word.width / 2 > box.x && word.x + word.width / 2 < box.x + box.width
    && word.y + word.height / 2 > box.y && word.y + word.height / 2 < box.y + box.height;
  const boxes = Object.values(waybill.ocr_payload.printed).flatMap(each => each.box ?? []);
  const place = seen.findIndex(each => /^[A-Z][a-z]{3,}$/.test(each.text) && !boxes.some(printed => isIn(each, printed)));
  assert.ok(place >= 0, "a word that is no value");
  assert.ok(await field(scanned, "/place_of_delivery").isEnabled(), "nobody else has it open");
  await field(scanned, "/place_of_delivery").focus();
  await scanned.getByRole("button", {name: "The whole page"}).click();
  await scanned.locator("rect.word").nth(place).click({force: true});
  await until("the word is in the field", async () => await field(scanned, "/place_of_delivery").inputValue() === seen[place].text);
  await scanned.reload();
  await scanned.route("**/words", route => route.fulfill({status: 422, contentType: "application/json",
    body: JSON.stringify({message: "OCR could not read the page: no image."})}));
  await scanned.goto(new URL(`/desk#pile=clear&doc=${drawn.id}`, url).href);
  await scanned.getByText("Words can't be chosen on this page. OCR could not read the page: no image.").waitFor();
  await scanned.close();
  await Promise.all([waybill, drawn].map(doc => released(doc, "Dilip")));

  // A pile is gone through to its end, however little of it is shown at once.
  const {docs: waiting} = await api("/api/piles/clear");
  const eager = await reviewer("Esha");
  await eager.route(/api\/piles\/clear/, route => route.continue({url: route.request().url().replace("limit=50", "limit=1")}));
  await eager.goto(new URL("/desk#pile=clear", url).href);
  const free = waiting.filter(doc => !doc.claimed_by);
  assert.ok(free.length > 2, `${waiting.length} documents wait`);
  const opened = () => eager.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("doc"));
  for (const doc of free) {
    await until(`page ${doc.page_number} of ${doc.file_name} is open`, async () => await opened() === doc.id);
    await eager.getByRole("button", {name: "Next page"}).click();
  }
  assert.match(await eager.getByRole("button", {name: /^Not flagged/}).textContent(), new RegExp(`\\(${(await api("/api/piles")).clear}\\)`));
  await eager.close();

  // A page of unknown kind is said to be a bill, and read again.
  await asha.goto(new URL("/desk#pile=unknown", url).href);
  await asha.goto(new URL(`/desk#pile=unknown&doc=${letter.id}`, url).href);
  await asha.reload();
  await asha.getByRole("button", {name: "Ignore it"}).waitFor();
  await shot("desk-unknown");
  await hasNoBarrier(asha, "a page to sort");
  await asha.keyboard.press("1");
  await until("it is read as a bill", async () => (await api(`/api/docs/${letter.id}`)).doc.doc_type === "bill", FINISHED_MS);
  assert.equal((await reviewed()).doc.review, "approved", "the approved page was left alone");

  // On a phone, and in the dark.
  await asha.setViewportSize({width: 390, height: 800});
  await asha.goto(new URL(`/desk#pile=flagged&doc=${letter.id}`, url).href);
  await asha.reload();
  await field(asha, "/invoice_number").waitFor();
  assert.equal(await asha.evaluate(() => document.activeElement.dataset.state), "missing", "the first field that needs a look");
  await shot("desk-phone");
  await hasNoBarrier(asha, "the phone");
  await asha.emulateMedia({colorScheme: "dark"});
  await shot("desk-dark");
  await hasNoBarrier(asha, "the dark");

  // With a finger: a tap chooses a value, or fills the field with a word.
  const chitra = await reviewer("Chitra", {viewport: {width: 390, height: 800}, hasTouch: true, isMobile: true});
  await chitra.goto(new URL(`/desk#pile=clear&doc=${drawn.id}`, url).href);
  await chitra.locator("rect.word").first().waitFor({state: "attached"});
  await chitra.locator("rect.value[data-path='/invoice_number']").tap();
  await chitra.locator("rect.chosen[data-path='/invoice_number']").waitFor();
  assert.equal(await chitra.evaluate(() => document.activeElement.dataset.path), "/invoice_number");
  await field(chitra, "/ship_to").focus();
  await chitra.getByRole("button", {name: "The whole page"}).tap();
  await chitra.locator("rect.word").nth(known.indexOf(word)).tap();
  await until("the word is in the field", async () => await field(chitra, "/ship_to").inputValue() === word.text);
  assert.deepEqual(strangers, []);
  assert.deepEqual(problems, []);
} catch (failure) {
  await shot("failure");
  throw failure;
} finally {
  await browser.close();
}
