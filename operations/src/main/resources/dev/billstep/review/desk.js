"use strict";
// The reviewer's desk: piles of pages, one of them open, kept from others as long as it is.

const CLAIM_AGAIN_MS = 120_000;
const PILES_MS = 5_000;
const PART = 50; // Of a pile, shown at once.
const MOST = 1_000; // That one request may ask for.
const READ_AGAIN_MS = 2_000;
const WORDS_AGAIN_MS = 2_000;
const SLOW_MS = 400;
const PILES = {flagged: ["To review", "Nothing to review."], unknown: ["To sort", "Nothing to sort."],
  clear: ["Not flagged", "Every page that is not flagged is approved."]};
const SORTING = {1: "bill", 2: "eway_bill"};

// Of the pile that is worked through: the documents that are shown, the place after which more come, and the row
// that is or was open last, behind which it goes on.
const desk = {docs: [], more: undefined, last: undefined, pile: "flagged", open: "", shown: undefined, gone: new Map(), readAgain: new Map()};
const picture = new Picture(at("#picture"), {
  chosen: path => form.focus(path) || picture.focus(path),
  picked: text => form.fill(text)});
const form = new Form(at("#form"), {correct, check, decide, named, next: () => next(), arrange, move, open: id => open(id), shown: offerSorting,
  focused: path => picture.focus(path), crop: (path, canvas) => picture.crop(path, canvas)});

// Who

const who = at("#who");
who.value = localStorage.getItem("billstep.reviewer") ?? "";
who.onchange = () => {
  localStorage.setItem("billstep.reviewer", who.value.trim());
  if (desk.open) open(desk.open);
};

/** Who has signed in says so by that alone. */
const known = signedIn.then(me => {
  if (!me.name) return;
  who.value = me.name;
  at(".who").hidden = true;
}, () => {});

const docs = (id, what) => `/api/docs/${id}${what ? `/${what}` : ""}`;
const writing = () => ({actor: who.value.trim(), version: desk.shown.doc.version, id: crypto.randomUUID()});

// Piles

const isGone = doc => desk.gone.get(doc.id) === desk.pile;

/** Shows the piles as they are now; of the one that is worked through as much as was shown before. */
async function showPiles() {
  const pile = desk.pile;
  const shown = Math.min(Math.max(Math.ceil(desk.docs.length / PART), 1) * PART, MOST);
  const [counts, part] = await Promise.all([ask("/api/piles"), partOf(pile, {limit: shown})]);
  if (pile !== desk.pile) return;
  const after = desk.docs.length > MOST ? desk.docs.slice(part.docs.length) : [];
  if (!after.length) desk.more = part.next;
  desk.docs = [...part.docs, ...after].filter(doc => !isGone(doc));
  counts[pile] -= part.docs.filter(isGone).length;
  at("#piles").replaceChildren(...Object.entries(PILES).map(([name, [title]]) => {
    const button = make("button", {type: "button", onclick: () => choosePile(name)}, `${title} (${counts[name].toLocaleString("en-IN")})`);
    button.setAttribute("aria-current", String(name === desk.pile));
    return button;
  }));
  showQueue();
}

const partOf = (pile, {limit = PART, after}) => ask(`/api/piles/${pile}?${new URLSearchParams({limit, ...(after && {after: JSON.stringify(after)})})}`);

/** Shows more of the pile; says whether there was more. */
async function showMore() {
  if (!desk.more) return false;
  const [pile, known] = [desk.pile, new Set(desk.docs.map(doc => doc.id))];
  const part = await partOf(pile, {after: desk.more});
  if (pile !== desk.pile) return false;
  desk.docs.push(...part.docs.filter(doc => !known.has(doc.id) && !isGone(doc)));
  desk.more = part.next;
  showQueue();
  return true;
}

function showQueue() {
  const focused = document.activeElement?.dataset?.doc;
  at("#queue").replaceChildren(...desk.docs.map(inQueue));
  if (!desk.docs.length) at("#queue").append(make("p", {className: "meta"}, PILES[desk.pile][1]));
  if (desk.more) at("#queue").append(make("button", {type: "button", id: "more", onclick: () => attempt(showMore)}, "Show more"));
  if (focused) at(`#queue [data-doc="${focused}"]`)?.focus();
}

function inQueue(doc) {
  const taken = isTaken(doc);
  const button = make("button", {type: "button", className: taken ? "taken" : "", onclick: () => open(doc.id)},
    `${doc.file_name ?? "Upload"}, page ${doc.page_number}`,
    make("small", {}, `${DOC_TYPES[doc.doc_type]}${doc.error ? ", not read" : ""}`),
    taken ? make("small", {}, `open: ${doc.claimed_by}`) : "");
  button.dataset.doc = doc.id;
  button.setAttribute("aria-current", String(doc.id === desk.open));
  return button;
}

async function choosePile(name) {
  [desk.pile, desk.docs, desk.more, desk.last] = [name, [], undefined, undefined];
  await leave();
  await attempt(showPiles);
  next();
}

// A page

async function attempt(work) {
  try {
    notice("");
    return await work();
  } catch (failure) {
    notice(failure.message);
    return undefined;
  }
}

/** Opens a page, and keeps it from others where nobody has it. */
async function open(id) {
  if (id !== desk.open) await leave();
  desk.open = id;
  desk.last = desk.docs.find(doc => doc.id === id) ?? desk.last;
  history.replaceState(null, "", `#pile=${desk.pile}&doc=${id}`);
  for (const button of document.querySelectorAll("#queue [data-doc]")) button.setAttribute("aria-current", String(button.dataset.doc === id));
  notice("");
  let isLocked = "";
  let shown;
  try {
    if (!who.value.trim()) throw Object.assign(new Error("Enter your name above to correct and approve: it is kept with what you do."), {status: 409});
    shown = await tell(docs(id, "claim"), {actor: who.value.trim()});
  } catch (failure) {
    if (failure.status !== 409 && failure.status !== 403) return notice(failure.message);
    isLocked = failure.message;
    shown = await attempt(() => ask(docs(id)));
  }
  if (!shown || desk.open !== id) return;
  show(shown, isLocked);
  form.begin();
  void showWords(id); // What comes next need not wait for them.
}

/** Of a scan they may have to be looked for, which takes seconds; where others wait for that, it is asked again. */
async function showWords(id) {
  const told = sentence => { if (desk.open === id) picture.say(sentence); };
  const slow = setTimeout(() => told("Looking for the words on this page …"), SLOW_MS);
  try {
    for (let words; desk.open === id && !words;) {
      words = await ask(docs(id, "words")).catch(async failure => {
        if (failure.status !== 409) throw failure;
        await new Promise(wake => setTimeout(wake, WORDS_AGAIN_MS));
      });
      if (words && desk.open === id) picture.words(words);
    }
    told("");
  } catch (failure) {
    told(`Words can't be chosen on this page. ${failure.message}`);
  } finally {
    clearTimeout(slow);
  }
}

function show(shown, isLocked = "") {
  shown.doc.file_name = desk.docs.find(doc => doc.id === shown.doc.id)?.file_name;
  desk.shown = shown;
  desk.last = shown.doc;
  desk.isLocked = isLocked;
  const {doc} = shown;
  document.title = `${doc.file_name ?? "Upload"}, page ${doc.page_number}, Billstep`;
  picture.show(shown, doc.storage_uri.endsWith(".png")
    ? `/api/jobs/${doc.job_thread_id}/pages/${doc.page_number}/images/${doc.storage_uri.split("/").at(-1)}` : "");
  form.show(shown, {isLocked});
}

/** A page of unknown kind is sorted, unless it is one of a document. */
function offerSorting({doc, fields, document}) {
  if (doc.review === "to_review" && document.pages.length === 1 && (doc.doc_type === "unknown" || !fields)) form.host.querySelector("h2").after(sorting());
}

function sorting() {
  const button = (key, text, onclick) => make("button", {type: "button", className: `button ${SORTING[key] ? "reread" : ""}`, disabled: Boolean(desk.isLocked), onclick}, make("kbd", {}, key), ` ${text}`);
  return make("section", {}, make("h3", {}, "What is this page?"), make("p", {className: "piles-of"}, button("1", "Bill", () => named("bill")),
    button("2", "E-way bill", () => named("eway_bill")), button("3", "Ignore it", () => decide("rejected", "It is neither a bill nor an e-way bill."))));
}

/** Ends the claim of the page that is open. */
async function leave(more = {}) {
  const id = desk.open;
  desk.open = "";
  desk.shown = undefined;
  if (id && who.value.trim() && !desk.isLocked) await tell(docs(id, "release"), {actor: who.value.trim()}, more).catch(() => {});
}

/** Whether somebody else has a page open. */
const isTaken = doc => doc.claimed_by && doc.claimed_by !== who.value.trim() && new Date(doc.claimed_until) > new Date();

/** Whether a row comes behind another in a pile, as list_pile has them. */
function isBehind(doc, other) {
  const by = (one, two) => one < two ? -1 : one > two ? 1 : 0;
  return (by(Date.parse(doc.created_at), Date.parse(other.created_at)) || by(doc.job_thread_id, other.job_thread_id) || by(doc.page_number, other.page_number)) > 0;
}

/** The next page of the pile that nobody else has open: after this one, then before it. */
async function next() {
  const from = desk.last; // Also of a page that is still being opened.
  const free = doc => doc.id !== from?.id && !isGone(doc) && !isTaken(doc);
  let found;
  do found = desk.docs.find(doc => free(doc) && (!from || isBehind(doc, from)));
  while (!found && await attempt(showMore));
  found ??= desk.docs.find(free);
  if (found) return open(found.id);
  const isDone = from || !desk.docs.length;
  await leave();
  picture.show(undefined, "");
  form.empty(make("p", {className: "done"}, isDone ? PILES[desk.pile][1] : "Others have every page of this pile open."));
  return undefined;
}

// What is done with it

async function kept(work) {
  const id = desk.open;
  try {
    notice("");
    const shown = await work(id);
    if (desk.open === id) desk.shown = shown;
    return shown;
  } catch (failure) {
    if (failure.status === 409 && desk.open === id) await open(id); // Somebody else has written, or has it open.
    notice(failure.message);
    return undefined;
  }
}

async function correct(changes) {
  const shown = await kept(id => tell(docs(id, "corrections"), {...writing(), changes}));
  if (shown) shown.doc.file_name = form.shown?.doc.file_name;
  if (shown) picture.show(shown, picture.image.getAttribute("src") ?? "");
  return shown;
}

/** Says which pages are one document. It is kept from others with the pages that it has then. */
async function arrange({pages, documents, loose = []}) {
  const id = desk.open;
  const left = desk.shown.document.pages.map(page => page.id);
  const arranged = await kept(async () => {
    const now = pages[0]?.stale ? new Map((await ask(docs(id, "pages"))).map(page => [page.id, page.version])) : undefined;
    const named = new Set([...documents.flat(), ...loose]);
    const versions = Object.fromEntries(pages.filter(page => named.has(page.id)).map(page => [page.id, now?.get(page.id) ?? page.version]));
    await tell(docs(id, "document"), {actor: who.value.trim(), id: crypto.randomUUID(), documents, loose, versions});
    return tell(docs(id, "claim"), {actor: who.value.trim()});
  });
  if (!arranged) return undefined;
  const own = new Set(arranged.document.pages.map(page => page.id));
  const other = left.find(page => !own.has(page));
  if (other) await tell(docs(other, "release"), {actor: who.value.trim()}).catch(() => {});
  arranged.doc.file_name = form.shown?.doc.file_name;
  at("#said").textContent = own.size > 1 ? `A document of ${own.size} pages.` : "A document of one page.";
  showPiles().catch(() => {});
  return arranged;
}

/** Moves the page to the document of another one of its upload, after its last page. */
async function move(number) {
  const {doc} = desk.shown;
  const pages = await attempt(() => ask(docs(doc.id, "pages")));
  if (!pages) return;
  const documents = documentsOf(pages.map(page => ({...page, head_id: page.head_id ?? page.id, placed: page.place !== null})));
  const to = documents.find(document => document.some(page => page.page_number === number));
  if (!to) return void notice(`There is no page ${number}: the upload has ${pages.length}.`);
  if (to.some(page => page.id === doc.id)) return void notice(`Page ${number} is of this document already.`);
  const own = documents.find(document => document.some(page => page.id === doc.id));
  await form.arrange({pages: [...to, ...own], documents: [[...to.map(page => page.id), doc.id]]}, arrangedBefore([...to, ...own]));
}

/** Opens the page that is so many on in the document. */
function turn(by) {
  const pages = desk.shown.document.pages;
  const page = pages[pages.findIndex(each => each.id === desk.shown.doc.id) + by];
  if (page) open(page.id);
}

function check(changes) {
  return tell(docs(desk.open, "check"), {changes}).catch(() => undefined);
}

async function decide(review, reason = "") {
  await form.settled;
  const shown = await kept(id => tell(docs(id, "decision"), {...writing(), review, ...(reason && {reason})}));
  if (!shown) return;
  if (review === "to_review") return void open(shown.doc.id);
  for (const page of shown.document.pages) desk.gone.set(page.id, desk.pile);
  at("#said").textContent = review === "approved" ? "Approved." : "Rejected.";
  await next();
  await attempt(showPiles);
  for (const page of shown.document.pages) desk.gone.delete(page.id);
}

/** Says what the page is. It is read again by that type's schema, as soon as no run has its job. */
async function named(type) {
  await form.settled;
  const shown = await kept(id => tell(docs(id, "type"), {...writing(), type}));
  if (!shown) return;
  const {id, job_thread_id: job, page_number: number} = shown.doc;
  desk.gone.set(id, desk.pile);
  desk.readAgain.set(id, {job, number});
  at("#said").textContent = `It is read again as: ${DOC_TYPES[type]}.`;
  await next();
  await attempt(showPiles);
}

async function readAgain() {
  const jobs = Map.groupBy([...desk.readAgain], ([, page]) => page.job);
  for (const [job, pages] of jobs) {
    try {
      await tell(`/api/jobs/${job}/reread`, {pages: pages.map(([, page]) => page.number)});
    } catch (failure) {
      if (failure.status === 409) continue; // A run has the job: it is tried again.
      notice(failure.message);
    }
    for (const [id] of pages) desk.readAgain.delete(id);
  }
}

// Keys, and what goes on meanwhile

addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.target.blur?.();
    at("#approve:enabled")?.focus();
    setTimeout(() => at("#approve:enabled")?.click(), 50);
  } else if (event.altKey && !event.ctrlKey && !event.metaKey && desk.shown && (event.code === "KeyJ" || event.code === "KeyS")) {
    event.preventDefault(); // By its place: on some keyboards Alt makes another letter of it.
    at(event.code === "KeyJ" ? "#say-join:enabled" : "#say-split:enabled")?.click();
  } else if (event.altKey && desk.shown && (event.key === "PageDown" || event.key === "PageUp")) {
    event.preventDefault();
    turn(event.key === "PageDown" ? 1 : -1);
  } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && !(isTyping && event.target.value !== event.target.dataset.shown)) {
    event.preventDefault();
    form.undo();
  } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && desk.shown && at(".piles-of") && !desk.isLocked) {
    if (SORTING[event.key] && may("reread")) named(SORTING[event.key]);
    else if (event.key === "3") decide("rejected", "It is neither a bill nor an e-way bill.");
  }
});
addEventListener("pagehide", () => leave({keepalive: true}));
setInterval(() => {
  if (desk.open && !desk.isLocked && who.value.trim()) tell(docs(desk.open, "claim"), {actor: who.value.trim()}).catch(() => {});
}, CLAIM_AGAIN_MS);
setInterval(() => { if (!document.hidden) showPiles().catch(failure => notice(failure.message)); }, PILES_MS);
setInterval(readAgain, READ_AGAIN_MS);

(async () => {
  const wanted = new URLSearchParams(location.hash.slice(1));
  await known;
  if (PILES[wanted.get("pile")]) desk.pile = wanted.get("pile");
  await attempt(showPiles);
  await (wanted.get("doc") ? open(wanted.get("doc")) : next());
})();
