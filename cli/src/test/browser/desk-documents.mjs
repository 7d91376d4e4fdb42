// Which pages are one document, at the desk: a proposal is accepted, its pages are turned, a page is moved into
// it, to another place of it and out of it again; and a bill and its e-way bill name each other.
//
//   node desk-documents.mjs URL BUNDLE_FILE SCREENSHOT_FOLDER
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import path from "node:path";
import {chromium} from "playwright-core";
import {hasNoBarrier, SHOWN_MS, until} from "./looking.mjs";

const [url, bundle, folder] = process.argv.slice(2);
const FINISHED_MS = 300_000;
const browser = await chromium.launch({executablePath: process.env.CHROMIUM, args: ["--no-sandbox"]});
const context = await browser.newContext({viewport: {width: 1400, height: 900}});
context.setDefaultTimeout(SHOWN_MS);
await context.addInitScript(() => localStorage.setItem("billstep.reviewer", "Asha"));
const asha = await context.newPage();
const problems = [];
asha.on("pageerror", error => problems.push(String(error)));

const api = async (where, options) => (await fetch(new URL(where, url), options)).json();
const field = place => asha.locator(`:is(input, textarea, select)[data-path='${place}']`);
const shot = name => asha.screenshot({path: path.join(folder, `${name}.png`)});

/** A PDF with a text layer: of each page its lines from top to bottom, of each line its cells. */
function pdf(...pages) {
  const drawn = lines => lines.flatMap((cells, line) => cells.map((cell, column) =>
    `BT /F1 11 Tf ${50 + column * 105} ${780 - line * 22} Td (${cell.replace(/[()\\]/g, "\\$&")}) Tj ET`)).join("\n");
  const parts = ["<</Type/Catalog/Pages 2 0 R>>", `<</Type/Pages/Count ${pages.length}/Kids[${pages.map((_, page) => `${4 + 2 * page} 0 R`).join(" ")}]>>`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", ...pages.flatMap((lines, page) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + 2 * page} 0 R>>`,
      `<</Length ${drawn(lines).length}>>stream\n${drawn(lines)}\nendstream`])];
  let text = "%PDF-1.4\n";
  const places = parts.map((part, index) => { const at = text.length; text += `${index + 1} 0 obj${part}endobj\n`; return at; });
  return `${text}xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${places.map(at => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}trailer<</Size ${parts.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF`;
}

async function uploaded(name, body) {
  const {id} = await api(`/api/jobs?name=${encodeURIComponent(name)}`, {method: "POST", body});
  await until("the file is read", async () => (await api(`/api/jobs/${id}/row`)).status === "processed", FINISHED_MS);
  return (await api(`/api/jobs/${id}`)).docs;
}

async function shown(pile, doc) {
  await asha.goto(new URL(`/desk#pile=${pile}&doc=${doc.id}`, url).href);
  await asha.reload();
  await asha.getByRole("heading", {name: new RegExp(`page ${doc.page_number}$`)}).waitFor();
}

const isOpen = async doc => await asha.evaluate(() => new URLSearchParams(location.hash.slice(1)).get("doc")) === doc.id
  && await asha.getByRole("heading", {name: new RegExp(`page ${doc.page_number}$`)}).isVisible();
const pagesOf = async doc => (await api(`/api/docs/${doc.id}`)).document.pages.map(page => page.page_number).join();

try {
  const number = `INV/${Date.now() % 1e6}`;
  const [first, second, , annexure] = await uploaded("four pages.pdf", pdf(
    [["TAX INVOICE"], ["Page 1 of 2"], ["Bharat Traders"], ["GSTIN:", "27AAPFU0939F1ZV"], ["Invoice No:", number], ["Invoice Date:", "03-09-2025"],
      ["Description", "HSN", "Qty", "Rate", "Amount"], ["Copper wire", "7408", "10", "100.00", "1,000.00"], ["Steel bolts", "7318", "20", "50.00", "1,000.00"]],
    [["TAX INVOICE"], ["Page 2 of 2"], ["Invoice No:", number], ["Description", "HSN", "Qty", "Rate", "Amount"], ["Nails", "7317", "5", "10.00", "50.00"], ["Grand Total", "", "", "", "2,050.00"]],
    [["Dear Sir,"], ["please find our papers enclosed."]], [["Annexure"], ["Terms of delivery as agreed."]]));
  assert.equal(first.doc_type, "bill");

  // What looks like one document is proposed, and one key says so.
  await shown("flagged", second);
  await asha.getByText("Pages 1 and 2 look like one document.").waitFor();
  await asha.getByText("the page before says \"Page 1 of 2\"").first().waitFor();
  await hasNoBarrier(asha, "a proposal");
  await asha.keyboard.press("Alt+j");
  await until("they are one document", async () => await pagesOf(second) === "1,2");
  await until("its pages are shown", async () => await asha.locator(".pages button").count() === 2);
  assert.equal(await asha.locator("#proposed").count(), 0, "nothing is proposed any more");
  assert.deepEqual((await api(`/api/docs/${second.id}`)).findings.filter(finding => finding.code.startsWith("document.")), []);

  // Its pages are turned by keys, and no further than it goes.
  await asha.keyboard.press("Alt+PageUp");
  await until("its first page is open", () => isOpen(first));
  await asha.keyboard.press("Alt+PageUp");
  await asha.keyboard.press("Alt+PageDown");
  await until("its second page is open", () => isOpen(second));

  // A page is moved into it, to an earlier place of it, and out of it again.
  await shown("unknown", annexure);
  const move = asha.locator("form.move");
  const moved = async to => {
    if (!await move.isVisible()) await asha.locator(".document summary").click();
    await move.locator("input").fill(String(to));
    await move.getByRole("button", {name: "Move"}).click();
  };
  await moved(9);
  await asha.getByText("There is no page 9: the upload has 4.").waitFor();
  await moved(4);
  await asha.getByText("Page 4 is of this document already.").waitFor();
  await moved(1);
  await until("it is the last of the document", async () => await pagesOf(annexure) === "1,2,4");
  await asha.getByRole("button", {name: "Earlier in it"}).click();
  await until("it is its second", async () => await pagesOf(annexure) === "1,4,2");
  await until("that is shown", async () => (await asha.locator(".pages button").allTextContents()).join().replaceAll(/[^\d,]/g, "") === "1,4,2");
  await shot("desk-moved");
  await asha.keyboard.press("Alt+PageDown");
  await until("the page behind it is open", () => isOpen(second));
  await asha.keyboard.press("Alt+PageUp");
  await until("it is open again", () => isOpen(annexure));
  await asha.getByRole("button", {name: "Later in it"}).click();
  await until("it is the last again", async () => await pagesOf(annexure) === "1,2,4");
  await asha.keyboard.press("Control+z");
  await until("that is undone", async () => await pagesOf(annexure) === "1,4,2");
  await asha.keyboard.press("Alt+s");
  await until("it is a document by itself", async () => await pagesOf(annexure) === "4");
  assert.equal(await pagesOf(second), "1,2");

  // A bill and its e-way bill name each other, and say where they differ.
  const docs = await uploaded("bundle.pdf", readFileSync(bundle));
  const [bill, waybill] = ["bill", "eway_bill"].map(type => docs.find(doc => doc.doc_type === type));
  await shown("flagged", bill);
  const link = asha.locator(".banner", {hasText: "Its e-way bill:"}).filter({hasText: `bundle.pdf, page ${waybill.page_number}`});
  await link.getByText("which says the same").waitFor();
  await shown("flagged", waybill);
  // Other uploads may hold the same bill: the banner of this one is what is looked at.
  const back = asha.locator(".banner", {hasText: "Its bill:"}).filter({hasText: `bundle.pdf, page ${bill.page_number}`});
  await back.getByText("which says the same").waitFor();
  await field("/value_of_goods").fill("1");
  await field("/value_of_goods").press("Tab");
  await back.getByText("which says other things").waitFor();
  assert.deepEqual((await api(`/api/docs/${waybill.id}`)).corrections.map(each => each.path), ["/value_of_goods"]);
  await shown("flagged", bill);
  await link.getByText("which says other things").waitFor();
  await shot("desk-bundle");
  await hasNoBarrier(asha, "a bundle that differs");
  assert.deepEqual(problems, []);
} catch (failure) {
  await shot("failure-documents");
  throw failure;
} finally {
  await browser.close();
}
