"use strict";
// A job's pages beside what was read from them: in the report that needs no server, and in the served
// page. Whatever stands on a page comes into this one as text alone: no markup is made of it.

const SVG = "http://www.w3.org/2000/svg";

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

const dollars = (amount, digits) => `$${Number(amount).toFixed(digits)}`;

/** Why a job failed, or what it waits for; nothing where all is well. */
const reasonOf = job => job.error_message ?? job.waiting_reason ?? (job.status === "processing" && job.questions_sent_at
  ? `Waits for the provider's batch (sent ${moment(job.questions_sent_at)}, answers within a day).` : "");

/** A moment as the reader's own clock has it. */
const moment = text => new Date(text).toLocaleString();

/** A page that could not be drawn has the reason where its image would be. */
const isDrawn = doc => doc.storage_uri.endsWith(".png");

/** The values of a payload, each with its JSON pointer; what is null is left out. */
function leaves(value, path = "", found = []) {
  if (value === null || value === undefined) return found;
  if (typeof value === "object") {
    for (const [key, each] of Object.entries(value)) leaves(each, `${path}/${key}`, found);
  } else {
    found.push([path, value]);
  }
  return found;
}

class JobView {
  #current = 0;
  #zoom = 1;

  /**
   * @param host the element that it fills
   * @param options `actions(job, doc)` gives buttons, `moved(page)` hears which page is looked at
   */
  constructor(host, options) {
    this.options = options;
    this.title = make("h1");
    this.state = make("p", {className: "state"});
    this.error = make("p", {className: "error"});
    this.actions = make("p", {className: "actions"});
    this.runs = make("details", {className: "meta"});
    this.pages = make("nav", {ariaLabel: "Pages"});
    this.page = make("div", {className: "page"});
    this.fields = make("div", {className: "fields"});
    this.keys = make("p", {className: "meta"}, make("kbd", {}, "←"), " ", make("kbd", {}, "→"), " page, ",
      make("kbd", {}, "+"), " ", make("kbd", {}, "−"), " zoom; choose a field to see where it is printed.");
    this.main = make("main", {}, this.pages, make("div", {className: "image"}, this.page), this.fields);
    host.replaceChildren(make("header", {}, this.title, this.state, this.error, this.actions, this.runs, this.keys), this.main);
    addEventListener("keydown", event => this.#key(event));
  }

  /**
   * @param view the job's rows
   * @param imageOf where the image is that a row, or a revision of it, was read from: given that one, and the row
   * @param page its number, from 1; the one that is looked at already, without it
   */
  show(view, imageOf, page = this.pageNumber) {
    this.view = view;
    this.imageOf = imageOf;
    this.#showHeader();
    const index = view.docs.findIndex(doc => doc.page_number === page);
    this.#go(Math.max(index, 0));
  }

  get doc() {
    return this.view?.docs[this.#current];
  }

  get pageNumber() {
    return this.doc?.page_number ?? 1;
  }

  #showHeader() {
    const {job, docs} = this.view;
    document.title = `${job.file_name ?? job.id}, Billstep`;
    this.title.textContent = `${job.file_name ?? "upload"}: ${job.status}`;
    this.state.textContent = [`job ${job.id}`, `run ${job.attempt}`, `${docs.length} pages`,
      `${docs.filter(doc => doc.needs_review).length} to review`, `${job.model_calls} model calls`,
      `${job.input_tokens + job.output_tokens} tokens`, dollars(job.cost_usd, 4)].join(" · ");
    this.error.textContent = reasonOf(job);
    this.#showRuns();
  }

  #showRuns() {
    const {attempts} = this.view;
    this.runs.hidden = attempts.length === 0;
    this.runs.replaceChildren(make("summary", {}, attempts.length === 1 ? "1 run" : `${attempts.length} runs`),
      make("table", {}, this.#headings("run", "started", "ended", "outcome", "replayed with", "reason"),
        ...attempts.map(run => make("tr", {}, ...[run.attempt, moment(run.started_at), run.ended_at ? moment(run.ended_at) : "",
          run.outcome ?? "running", run.replay ? JSON.stringify(run.replay) : "", run.reason ?? ""]
          .map(value => make("td", {className: "value"}, String(value)))))));
  }

  #go(index) {
    const {job, docs} = this.view;
    this.#current = Math.min(Math.max(index, 0), docs.length - 1);
    this.main.hidden = docs.length === 0;
    this.keys.hidden = docs.length === 0;
    this.actions.replaceChildren(...(this.options.actions?.(job, this.doc) ?? []));
    if (docs.length === 0) return;
    this.#showPages();
    this.#showImage(this.doc);
    this.#showFields(this.doc);
    this.pages.querySelector("[aria-current=true]")?.scrollIntoView({block: "nearest", inline: "nearest"});
    this.options.moved?.(this.pageNumber);
  }

  #showPages() {
    this.pages.replaceChildren(...this.view.docs.map((doc, index) => make("button",
      {onclick: () => this.#go(index), ariaCurrent: String(index === this.#current)},
      isDrawn(doc) ? make("img", {loading: "lazy", src: this.imageOf(doc, doc), alt: `page ${doc.page_number}`}) : "",
      `${doc.page_number} ${doc.doc_type}`,
      make("small", {className: doc.needs_review ? "error" : "good"},
        doc.error ? "not read" : doc.needs_review ? "review" : doc.confidence.toFixed(2)))));
  }

  #choose(path) {
    this.main.querySelectorAll("[data-path]").forEach(element =>
      element.classList.toggle("chosen", element.dataset.path === path));
    this.main.querySelector("rect.chosen")?.scrollIntoView({block: "center", behavior: "smooth"});
    this.main.querySelector("tr.chosen")?.scrollIntoView({block: "nearest"});
  }

  #showImage(doc) {
    if (!isDrawn(doc)) return this.page.replaceChildren(make("p", {className: "error"}, "This page has no image: it could not be drawn."));
    const image = make("img", {src: this.imageOf(doc, doc), alt: `page ${doc.page_number}`});
    const boxes = document.createElementNS(SVG, "svg");
    image.onload = () => {
      boxes.setAttribute("viewBox", `0 0 ${image.naturalWidth} ${image.naturalHeight}`);
      for (const [path, printed] of Object.entries(doc.ocr_payload.printed ?? {}))
        if (printed.box) boxes.append(this.#box(doc, path, printed));
    };
    image.onerror = () => this.page.replaceChildren(make("p", {className: "error"}, "The image that this was read from is gone, or was changed."));
    this.page.replaceChildren(image, boxes);
  }

  #box(doc, path, printed) {
    const box = document.createElementNS(SVG, "rect");
    for (const name of ["x", "y", "width", "height"]) box.setAttribute(name, printed.box[name]);
    box.dataset.path = path;
    const severities = doc.ocr_payload.findings
      .filter(finding => finding.path === path || finding.path.startsWith(path + "/"))
      .map(finding => finding.severity);
    if (severities.length) box.classList.add(severities.includes("error") ? "error" : "warning");
    const title = document.createElementNS(SVG, "title");
    title.textContent = `${path}: ${printed.text}`;
    box.append(title);
    box.onclick = () => this.#choose(path);
    return box;
  }

  /** The field's own box, or that of the table row that it stands in. */
  #placeOf(doc, path) {
    const printed = doc.ocr_payload.printed ?? {};
    for (let at = path; at; at = at.slice(0, at.lastIndexOf("/"))) if (printed[at]) return at;
    return path;
  }

  /** From top to bottom as on the page, the values of a line together; what has no place comes last. */
  #asPrinted(doc, fields) {
    const top = ([path]) => doc.ocr_payload.printed?.[this.#placeOf(doc, path.replace(/^(\/\w+\/\d+)\/.*/, "$1"))]?.box?.y ?? Infinity;
    return fields.map((field, index) => [top(field), index, field])
      .sort((one, other) => one[0] === other[0] ? one[1] - other[1] : one[0] - other[0])
      .map(([, , field]) => field);
  }

  /** What counts, where somebody has corrected something; lines of tables are on the desk. */
  #corrections(doc) {
    if (!doc.corrected_fields) return [];
    const read = new Map(leaves(doc.ocr_payload.fields));
    const now = new Map(leaves(doc.corrected_fields));
    const changed = [...new Set([...read.keys(), ...now.keys()])].filter(path => read.get(path) !== now.get(path));
    return [make("h3", {}, "What counts instead, by its reviewers"), changed.length
      ? make("table", {className: "corrections"}, this.#headings("field", "read", "counts"), ...changed.map(path => make("tr", {},
        make("td", {}, path.slice(1)), make("td", {className: "value"}, String(read.get(path) ?? "")),
        make("td", {className: "value"}, String(now.get(path) ?? "")))))
      : make("p", {className: "meta"}, "They have confirmed what was read.")];
  }

  #row(doc, [path, value]) {
    const at = this.#placeOf(doc, path);
    const printed = doc.ocr_payload.printed?.[path];
    const cell = make("td", {className: "value"}, String(value));
    if (printed && printed.text !== String(value)) cell.append(make("div", {className: "printed"}, printed.text));
    for (const finding of doc.ocr_payload.findings.filter(each => each.path === path))
      cell.append(make("div", {className: `finding ${finding.severity}`}, `${finding.code}: ${finding.message}`));
    const line = make("tr", {tabIndex: 0, onclick: () => this.#choose(at),
      onkeydown: event => { if (event.key === "Enter") this.#choose(at); }}, make("td", {}, path.slice(1)), cell);
    line.dataset.path = at;
    return line;
  }

  #showFields(doc) {
    const fields = this.#asPrinted(doc, leaves(doc.ocr_payload.fields));
    const shown = new Set(fields.map(([path]) => path));
    const others = doc.ocr_payload.findings.filter(finding => !shown.has(finding.path));
    const revisions = this.view.revisions.filter(revision => revision.doc_id === doc.id);
    const parts = [
      make("h2", {}, `Page ${doc.page_number}: ${doc.doc_type}, ${doc.status}`),
      make("p", {className: "meta"}, [`confidence ${doc.confidence.toFixed(2)}`, doc.model_id,
        `prompt ${doc.prompt_version}`, `schema ${doc.schema_version ?? "none"}`,
        `${revisions.length} revisions`].join(" · "))];
    if (doc.review && doc.review !== "to_review") parts.push(make("p", {className: doc.review === "approved" ? "good" : "error"},
      `${doc.review} by ${doc.reviewed_by}, ${moment(doc.reviewed_at)}`));
    if (doc.error) parts.push(make("p", {className: "error"}, doc.error));
    parts.push(...this.#corrections(doc));
    for (const finding of others) parts.push(make("div", {className: `finding ${finding.severity}`},
      `${finding.path || "page"} ${finding.code}: ${finding.message}`));
    parts.push(make("table", {}, ...fields.map(field => this.#row(doc, field))));
    parts.push(...this.#revisions(doc, revisions), ...this.#calls(doc));
    parts.push(make("details", {}, make("summary", {}, "As JSON"), make("pre", {}, JSON.stringify(doc, null, 2))));
    this.fields.replaceChildren(...parts);
  }

  /** The newest first, each with the fields in which it differs from what came after it. */
  #revisions(doc, revisions) {
    const states = [...revisions, {...doc, fields: doc.ocr_payload.fields}];
    const sections = revisions.map((revision, index) => {
      const before = new Map(leaves(revision.fields));
      const after = new Map(leaves(states[index + 1].fields));
      const changed = [...new Set([...before.keys(), ...after.keys()])]
        .filter(path => before.get(path) !== after.get(path));
      return make("section", {className: "revision"},
        make("p", {className: "meta"}, [`until ${moment(revision.replaced_at)}`, revision.doc_type, revision.model_id,
          `prompt ${revision.prompt_version}`, `schema ${revision.schema_version ?? "none"}`].join(" · ")),
        revision.error ? make("p", {className: "error"}, revision.error) : "",
        changed.length
          ? make("table", {}, this.#headings("field", "before", "after"), ...changed.map(path => make("tr", {},
            make("td", {}, path.slice(1)), make("td", {className: "value"}, String(before.get(path) ?? "")),
            make("td", {className: "value"}, String(after.get(path) ?? "")))))
          : make("p", {className: "meta"}, "The fields were the same."),
        ...this.#imageBefore(doc, revision));
    });
    return sections.length ? [make("h3", {}, "What it said before"), ...sections.reverse()] : [];
  }

  /** Of a revision that was read from another image than what counts now. */
  #imageBefore(doc, revision) {
    if (revision.storage_uri === doc.storage_uri || !isDrawn(revision)) return [];
    return [make("details", {}, make("summary", {}, "The image that it was read from"),
      make("img", {loading: "lazy", src: this.imageOf(revision, doc), alt: `page ${doc.page_number} as it was before`}))];
  }

  #calls(doc) {
    const calls = this.view.calls.filter(call => call.pages.includes(doc.page_number));
    if (!calls.length) return [];
    return [make("h3", {}, "Model calls"), make("table", {},
      this.#headings("step", "run", "outcome", "tokens", "US dollars", "ms"),
      ...calls.map(call => make("tr", {}, ...[call.step, call.attempt, call.outcome,
        call.input_tokens + call.output_tokens, Number(call.cost_usd).toFixed(6), call.elapsed_ms]
        .map(value => make("td", {}, String(value))))))];
  }

  #headings(...names) {
    return make("tr", {}, ...names.map(name => make("th", {}, name)));
  }

  #zoomBy(factor) {
    this.#zoom = Math.min(Math.max(this.#zoom * factor, 0.5), 5);
    this.page.style.width = `${100 * this.#zoom}%`;
  }

  #key(event) {
    const actions = {ArrowRight: () => this.#go(this.#current + 1), ArrowLeft: () => this.#go(this.#current - 1),
      "+": () => this.#zoomBy(1.25), "-": () => this.#zoomBy(0.8)};
    const isTyping = event.target instanceof Element && event.target.closest("input, textarea, dialog");
    if (!this.view || !this.main.isConnected || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.main.checkVisibility() || !actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }
}
