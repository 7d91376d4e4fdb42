"use strict";
// Which pages are one document: its pages, what they say together, and what can be said of them.

const numbersOf = pages => pages.map(page => page.page_number);
const idsOf = pages => pages.map(page => page.id);

/** 2, 3 and 4. */
function inWords(numbers) {
  return numbers.length < 2 ? numbers.join() : `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

/** Pages by the documents that they belong to, each in its order. */
function documentsOf(pages) {
  return [...Map.groupBy(pages, page => page.head_id).values()].map(document => document.toSorted((one, other) => one.place - other.place));
}

/** What a reviewer can say of a page's document, by name; what can't be said of it is not there. */
function arrangements({doc, document}) {
  const {pages, before, proposed} = document;
  const here = pages.findIndex(page => page.id === doc.id);
  const said = {};
  if (proposed.length) {
    said.join = {pages: proposed, documents: [idsOf(proposed)]};
    said.split = {pages: proposed, documents: documentsOf(proposed).map(idsOf)};
  } else {
    if (before.length) said.join = {pages: [...before, ...pages], documents: [idsOf([...before, ...pages])]};
    if (pages.length > 1) said.split = {pages, documents: [[doc.id]]};
  }
  if (here > 0 && here < pages.length - 1) said.begin = {pages, documents: [idsOf(pages.slice(here))]};
  const swapped = (one, other) => pages.map((page, index) => pages[index === one ? other : index === other ? one : index].id);
  if (here > 0) said.earlier = {pages, documents: [swapped(here, here - 1)]};
  if (pages.length > 1 && here < pages.length - 1) said.later = {pages, documents: [swapped(here, here + 1)]};
  return said;
}

/** What makes of an arrangement what was before it. */
function arrangedBefore(pages) {
  const documents = documentsOf(pages);
  // What is undone was seen when it was done: its pages have another version since.
  return {pages: pages.map(page => ({...page, stale: true})), documents: documents.filter(document => document.length > 1 || document[0].placed).map(idsOf),
    loose: documents.filter(document => document.length === 1 && !document[0].placed).flatMap(idsOf)};
}

/**
 * @param shown the page
 * @param heard `arrange(arrangement, before)` keeps one, `open(id)` shows another page, `move(number)` moves this one
 *     to that page's document
 */
function documentCard(shown, isLocked, heard) {
  const {doc, document} = shown;
  const said = arrangements(shown);
  const button = (name, text, key, className = "quiet") => said[name] ? [make("button", {type: "button", className, id: `say-${name}`, disabled: isLocked,
    onclick: () => heard.arrange(said[name], arrangedBefore(said[name].pages))}, text, ...(key ? [" ", make("kbd", {}, key)] : []))] : [];
  const parts = [];
  if (document.pages.length > 1) parts.push(...pagesOf(shown, heard));
  if (document.proposed.length) {
    const reasons = document.proposed.filter(page => page.because);
    parts.push(make("div", {className: "banner", id: "proposed"},
      make("p", {}, `Pages ${inWords(numbersOf(document.proposed))} look like one document.`),
      make("ul", {}, ...reasons.map(page => make("li", {}, `Page ${page.page_number}: ${page.because}`))),
      make("p", {className: "ways"}, ...button("join", "Join them", "Alt J", "button"), ...button("split", "Keep them apart", "Alt S", "button"))));
  }
  const number = make("input", {inputMode: "numeric", size: 3, disabled: isLocked, ariaLabel: "Number of a page of the other document"});
  const move = make("form", {className: "move", onsubmit: event => {
    event.preventDefault();
    if (Number(number.value)) heard.move(Number(number.value));
  }}, "Move it to the document of page ", number, " ", make("button", {type: "submit", className: "quiet", disabled: isLocked}, "Move"));
  const actions = make("p", {className: "ways"},
    ...document.proposed.length ? [] : [...button("join", `Join to page ${document.before.at(-1)?.page_number}`, "Alt J"), ...button("split", "Split off this page", "Alt S")],
    ...button("begin", "Begin a document here"), ...button("earlier", "Earlier in it"), ...button("later", "Later in it"));
  parts.push(make("details", {open: document.pages.length > 1}, make("summary", {}, document.pages.length > 1 ? "Change its pages" : "Pages of this document"), actions, move));
  return make("section", {className: "document", ariaLabel: "Document"}, ...parts);
}

/** What tells a document from others, each with its kind: a page without fields has no schema that says it. */
const FACTS = {bill: [["invoice_number", "text"], ["invoice_date", "date"], ["grand_total", "number"]],
  eway_bill: [["eway_bill_number", "text"], ["generated_at", "date"], ["value_of_goods", "number"]], unknown: []};

function pagesOf({doc, document}, heard) {
  const {pages, fields, origins, elsewhere} = document;
  const strip = make("nav", {className: "pages", ariaLabel: "Pages of the document"}, ...pages.map(page => {
    const link = make("button", {type: "button", onclick: () => heard.open(page.id)}, `Page ${page.page_number}`,
      page.doc_type === "unknown" ? make("small", {}, " no fields") : page.error ? make("small", {}, " not read") : "");
    link.setAttribute("aria-current", String(page.id === doc.id));
    return link;
  }));
  const number = new Map(pages.map(page => [page.page_number, page.id]));
  const from = name => typeof origins[name] === "number" && origins[name] !== doc.page_number ? ` (page ${origins[name]})` : "";
  const facts = FACTS[pages[0].doc_type].filter(([name]) => fields && name in fields)
    .map(([name, kind]) => `${nameOf(name)}: ${written(fields[name], kind, name) || "nowhere"}${from(name)}`);
  const lines = Object.entries(origins ?? {}).filter(([, origin]) => Array.isArray(origin) && origin.some(part => part.lines))
    .map(([name, origin]) => `${nameOf(name)}: ${origin.map(part => part.lines).join(" + ")} lines`);
  return [make("p", {className: "meta"}, `A document of ${pages.length} pages. It is approved as a whole. `, make("kbd", {}, "Alt PageDown"), " opens its next page."), strip,
    make("p", {className: "joined"}, [...facts, ...lines].join(" · ")),
    ...elsewhere.map(each => make("p", {className: `said ${each.severity}`}, make("button", {type: "button", className: "quiet", onclick: () => heard.open(number.get(each.page))}, `Page ${each.page}`),
      ` ${each.path ? `${nameOfPath(each.path.replace(/\/\d+/, ""))}: ` : ""}${each.message}`))];
}
