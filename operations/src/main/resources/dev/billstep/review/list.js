"use strict";
// The list of jobs: what is looked for, in which order, and which part of it, all of it in the address; and what
// is done with many at once.

const TYPED_MS = 250;
const AT_ONCE = 1000;
/** Pages, by a text (prisma/functions/found_jobs.sql). */
const FOUND_AT_MOST = 5000;
const FILTERS = ["q", "status", "type", "which", "user", "since", "until"];
const COLUMNS = [["file_name", "File"], ["status", "Status"], ["party", "From"], ["number", "Number"], ["date", "Date"],
  ["amount", "Amount"], ["to_review", "To review"], ["created_at", "Uploaded"]];
/** By which the first choice is the smallest first. */
const ALPHABETIC = new Set(["file_name", "status", "party", "number"]);

/** Whom it is offered to: what takes more than to look. */
const OFFERED_TO = {"approve-all": "reviewer", "retry-all": "operator", delete: "operator"};

/** 1 page, 2 pages. */
const counted = (count, one, many = `${one}s`) => `${Number(count).toLocaleString()} ${Number(count) === 1 ? one : many}`;

class JobList {
  #selected = new Map();
  #rows = new Map();
  #typing;
  #doing = "";

  /** @param heard `open(id)` a job, `changed()` what is asked for */
  constructor(host, heard) {
    this.host = host;
    this.heard = heard;
    this.body = host.querySelector("tbody");
    this.form = host.querySelector("#filters");
    this.address = new URLSearchParams();
    this.form.onsubmit = event => { event.preventDefault(); this.#go(); };
    this.form.addEventListener("input", event => {
      clearTimeout(this.#typing);
      if (event.target.name === "q") this.#typing = setTimeout(() => this.#go(), TYPED_MS);
      else this.#go();
    });
    host.querySelector("thead tr").append(...COLUMNS.map(([name, title]) => this.#heading(name, title)),
      make("th", {scope: "col", className: "wide cost"}, "Cost"));
    this.all = host.querySelector("#all");
    this.all.onchange = () => this.#selectAll(this.all.checked);
    this.body.addEventListener("keydown", event => this.#key(event));
    this.who = host.querySelector("#who");
    this.who.value = localStorage.getItem("billstep.reviewer") ?? "";
    this.who.onchange = () => localStorage.setItem("billstep.reviewer", this.who.value.trim());
    signedIn.then(me => {
      if (!me.name) return;
      this.who.value = me.name;
      this.who.closest("label").hidden = true;
    }, () => {});
  }

  // What is asked for

  /** Takes it from the address. */
  from(address) {
    const {activeElement} = document;
    for (const name of FILTERS) {
      const field = this.form.elements[name];
      if (field !== activeElement) this.#set(field, address.get(name) ?? "");
    }
    if (this.#asked(address) !== this.#asked(this.address)) this.#selected.clear();
    this.address = address;
  }

  #set(field, value) {
    if (field.name === "user" && value && ![...field.options].some(option => option.value === value))
      field.append(make("option", {value}, value));
    if (field.value !== value) field.value = value;
  }

  #asked(address) {
    return FILTERS.map(name => address.get(name) ?? "").join("\n");
  }

  /** The address of what is asked for, from its beginning. */
  #go(more = {}) {
    clearTimeout(this.#typing);
    const wanted = new URLSearchParams();
    for (const name of FILTERS) if (this.form.elements[name].value.trim()) wanted.set(name, this.form.elements[name].value.trim());
    for (const name of ["sort", "order"]) if (this.address.get(name)) wanted.set(name, this.address.get(name));
    for (const [name, value] of Object.entries(more)) wanted.set(name, value);
    if (`${wanted}` === `${this.address}`) return;
    // What is typed letter by letter is one step back.
    const isTyped = document.activeElement?.name === "q" && this.address.has("q") && wanted.has("q");
    history[isTyped ? "replaceState" : "pushState"](null, "", `#${wanted}`);
    this.heard.changed();
  }

  /** As the server is asked: days are those of the reader's own clock. */
  #filter(more = {}) {
    const filter = new URLSearchParams();
    for (const name of FILTERS) if (this.address.get(name)) filter.set(name, this.address.get(name));
    if (filter.get("since")) filter.set("since", new Date(`${filter.get("since")}T00:00`).toISOString());
    if (filter.get("until")) {
      const day = new Date(`${filter.get("until")}T00:00`);
      day.setDate(day.getDate() + 1);
      filter.set("until", day.toISOString());
    }
    for (const [name, value] of Object.entries(more)) filter.set(name, value);
    return filter;
  }

  // What is shown

  #heading(name, title) {
    const button = make("button", {type: "button", className: "sort", onclick: () => {
      const isSame = (this.address.get("sort") ?? "created_at") === name;
      const isAscending = isSame ? this.address.get("order") !== "asc" : ALPHABETIC.has(name);
      this.#go({sort: name, order: isAscending ? "asc" : "desc"});
    }}, title);
    const heading = make("th", {scope: "col", className: ["date", "created_at"].includes(name) ? "wide" : ["amount", "to_review"].includes(name) ? "number" : ""}, button);
    heading.dataset.sort = name;
    return heading;
  }

  /** Asks for what the address says, and shows it; gives whether all of it is at rest. */
  async show() {
    const asked = `${this.address}`;
    const filter = this.#filter();
    for (const name of ["sort", "order", "after"]) if (this.address.get(name)) filter.set(name, this.address.get(name));
    const [{jobs, next}, {counts, users}] = await Promise.all([ask(`/api/list?${filter}`), ask(`/api/list/counts?${this.#filter()}`)]);
    if (`${this.address}` !== asked) return false;
    this.jobs = jobs;
    this.counts = counts;
    this.#showRows(jobs);
    this.#showHeadings(jobs);
    this.#showUsers(users);
    this.#showParts(next);
    this.#showActions();
    this.host.setAttribute("aria-busy", "false");
    return jobs.every(job => job.status === "processed" || job.status === "error");
  }

  #showHeadings(jobs) {
    const sort = this.address.get("sort") ?? "created_at";
    for (const heading of this.host.querySelectorAll("[data-sort]")) {
      if (heading.dataset.sort === sort) heading.setAttribute("aria-sort", this.address.get("order") === "asc" ? "ascending" : "descending");
      else heading.removeAttribute("aria-sort");
    }
    const areFree = jobs.every(job => Number(job.cost_usd) === 0);
    this.host.querySelector("table").classList.toggle("free", areFree);
  }

  #showRows(jobs) {
    const rows = new Map();
    for (const job of jobs) {
      const said = JSON.stringify(job);
      const known = this.#rows.get(job.id);
      rows.set(job.id, known?.said === said ? known : {said, element: this.#row(job)});
    }
    const elements = [...rows.values()].map(row => row.element);
    this.#rows = rows;
    if (elements.length !== this.body.children.length || elements.some((element, index) => element !== this.body.children[index])) {
      const {activeElement} = document;
      const focused = activeElement?.closest?.("tr[data-job]")?.dataset.job;
      const isBox = activeElement?.type === "checkbox";
      this.body.replaceChildren(...elements);
      const row = focused && this.body.querySelector(`tr[data-job="${CSS.escape(focused)}"]`);
      if (row) (isBox ? row.querySelector("input") : row).focus();
    }
    this.#showSelection();
    const none = this.host.querySelector("#none");
    none.hidden = jobs.length > 0;
    none.textContent = [...this.address.keys()].some(name => FILTERS.includes(name) || name === "after")
      ? "No job is like that. Fewer words, or the beginning of one, find more." : "No jobs yet. Upload a bill to begin.";
  }

  #row(job) {
    const box = make("input", {type: "checkbox", ariaLabel: `Select ${job.file_name ?? job.id}`, onclick: event => event.stopPropagation(),
      onchange: event => this.#select(job.id, event.target.checked)});
    const status = make("td", {className: job.status === "error" ? "error" : job.status === "processed" ? "good" : ""}, job.status);
    if (job.status !== "processed" && job.page_count) status.append(" ", progressOf(job));
    const message = reasonOf(job);
    if (message) status.append(make("div", {className: "printed"}, message));
    const row = make("tr", {tabIndex: 0, onclick: () => this.heard.open(job.id),
      onkeydown: event => { if (event.key === "Enter" && event.target === row) this.heard.open(job.id); }},
      make("td", {onclick: event => event.stopPropagation()}, box),
      make("td", {className: "value"}, make("a", {href: `#job=${job.id}`, onclick: event => event.stopPropagation()}, job.file_name ?? job.id),
        make("div", {className: "printed"}, [job.pages ? counted(job.pages, "page") : job.page_count ? counted(job.page_count, "page") : "",
          ...job.doc_types.filter(type => type !== "unknown" || job.doc_types.length === 1).map(type => DOC_TYPES[type])].filter(Boolean).join(", "))),
      status, make("td", {className: "value"}, job.party), make("td", {className: "value"}, job.number),
      make("td", {className: "wide"}, written(job.date, "date")), make("td", {className: "number"}, job.amount === null ? "" : inRupees(job.amount)),
      make("td", {className: "number"}, ...this.#review(job)), make("td", {className: "wide"}, moment(job.created_at)),
      make("td", {className: "wide cost"}, dollars(job.cost_usd, 4)));
    row.dataset.job = job.id;
    return row;
  }

  #review(job) {
    const said = [];
    if (job.to_review) said.push(make("div", {className: job.flagged ? "error" : ""}, job.flagged ? `${job.to_review}, ${job.flagged} flagged` : String(job.to_review)));
    else if (job.pages && job.approved) said.push(make("div", {className: "good"}, job.approved === job.pages ? "✓ approved" : `✓ ${job.approved} approved`));
    const other = job.bundle?.find(each => each.job_id !== job.id);
    if (other) said.push(make("div", {}, make("a", {href: `#job=${other.job_id}&page=${other.page_number}`, onclick: event => event.stopPropagation()},
      other.doc_type === "bill" ? "its bill" : "its e-way bill")));
    if (job.duplicates) said.push(make("div", {className: "error"}, "duplicate"));
    return said;
  }

  #showUsers(users) {
    const {user} = this.form.elements;
    const known = [...user.options].map(option => option.value);
    user.append(...users.filter(each => !known.includes(each)).map(each => make("option", {value: each}, each)));
    user.closest("label").hidden = users.length < 2 && !user.value;
  }

  #showParts(next) {
    const of = place => {
      const wanted = new URLSearchParams(this.address);
      if (place) wanted.set("after", JSON.stringify(place));
      else wanted.delete("after");
      return `#${wanted}`;
    };
    const [first, following] = [this.host.querySelector("#first"), this.host.querySelector("#next")];
    first.hidden = !this.address.get("after");
    first.href = of();
    following.hidden = !next;
    following.href = next ? of(next) : "";
  }

  // Which are meant

  #select(id, isSelected) {
    if (isSelected) this.#selected.set(id, this.jobs.find(job => job.id === id));
    else this.#selected.delete(id);
    this.#showSelection();
    this.#showActions();
  }

  #selectAll(areSelected) {
    for (const job of this.jobs) this.#select(job.id, areSelected);
  }

  #showSelection() {
    for (const job of this.jobs) if (this.#selected.has(job.id)) this.#selected.set(job.id, job);
    for (const [id, {element}] of this.#rows) element.querySelector("input").checked = this.#selected.has(id);
    const shown = this.jobs.filter(job => this.#selected.has(job.id)).length;
    this.all.checked = shown > 0 && shown === this.jobs.length;
    this.all.indeterminate = shown > 0 && shown < this.jobs.length;
  }

  /** Those that are selected; where none is, all that are asked for. */
  #meant() {
    const selected = [...this.#selected.values()];
    return selected.length === 0 ? this.counts : selected.reduce((sums, job) => ({jobs: sums.jobs + 1, pages: sums.pages + job.pages,
      approvable: sums.approvable + job.approvable, approved: sums.approved + job.approved, to_review: sums.to_review + job.to_review,
      failed: sums.failed + (canBeRetried(job) ? 1 : 0)}), {jobs: 0, pages: 0, approvable: 0, approved: 0, to_review: 0, failed: 0});
  }

  #ofMeant() {
    return this.#selected.size ? new URLSearchParams({jobs: [...this.#selected.keys()].join(",")}) : this.#filter();
  }

  #showActions() {
    const {counts} = this;
    const meant = this.#meant();
    const said = [counted(counts.jobs, "job"), counts.to_review ? `${counted(counts.to_review, "page")} to review` : "",
      counts.flagged ? `${Number(counts.flagged).toLocaleString()} flagged` : "",
      this.address.get("q") && counts.pages >= FOUND_AT_MOST ? "no more than 5,000 pages are found: add a word" : "", this.#selected.size ? `${this.#selected.size} selected` : ""];
    this.#say("#count", said.filter(Boolean).join(" · "));
    const actions = [["approve-all", `Approve ${counted(meant.approvable, "document")} not flagged…`, meant.approvable, () => this.#approve()],
      ["retry-all", `Try ${counted(meant.failed, "failed job")} again…`, meant.failed, () => this.#retry(meant.failed)],
      ["export", this.#selected.size ? `Export ${this.#selected.size} selected…` : "Export…", meant.pages, () => this.#export()],
      ["delete", `Delete ${counted(this.#selected.size, "job")}…`, this.#selected.size, () => this.#delete()]];
    const bulk = this.host.querySelector("#bulk");
    for (const [id, text, isThere, work] of actions) {
      const button = bulk.querySelector(`#${id}`) ?? bulk.appendChild(make("button", {type: "button", id, className: `button ${OFFERED_TO[id] ?? ""}`}));
      button.hidden = !isThere;
      button.disabled = Boolean(this.#doing);
      if (button.textContent !== text) button.textContent = text;
      button.onclick = work;
    }
  }

  #say(where, text) {
    const element = this.host.querySelector(where);
    if (element.textContent !== text) element.textContent = text;
  }

  // What is done with them

  /** Asks, and gives the form's fields where the answer is yes. */
  #question(title, text, yes, ...fields) {
    const dialog = at("#question");
    const form = make("form", {method: "dialog"}, make("h2", {}, title), make("p", {}, text), ...fields,
      make("p", {className: "actions"}, make("button", {value: "yes", className: "button"}, yes), make("button", {value: ""}, "Cancel")));
    dialog.replaceChildren(form);
    dialog.setAttribute("aria-label", title);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise(resolve => { dialog.onclose = () => resolve(dialog.returnValue === "yes" ? form.elements : undefined); });
  }

  #isNamed() {
    if (this.who.value.trim()) return true;
    notice("Enter your name above: it is kept with what you do.");
    this.who.focus();
    return false;
  }

  /** One after the other; what is refused does not keep back the rest. */
  async #each(what, all, work) {
    const refused = [];
    this.#doing = what;
    this.#showActions();
    try {
      for (const [index, one] of all.entries()) {
        this.#say("#done", `${what} ${index + 1} of ${all.length}…`);
        try {
          await work(one);
        } catch (failure) {
          refused.push(failure.message);
        }
      }
    } finally {
      this.#doing = "";
    }
    const reasons = [...new Set(refused)];
    this.#say("#done", `${all.length - refused.length} of ${all.length} done.`);
    notice(refused.length ? `${refused.length} of ${all.length} could not be done. ${reasons.slice(0, 3).join(" ")}` : "");
    this.#selected.clear();
    this.#showSelection();
    this.#showActions();
    this.heard.changed();
  }

  async #approve() {
    if (!this.#isNamed()) return;
    const documents = await attempt(() => ask(`/api/list/approvable?${this.#ofMeant()}`));
    if (!documents) return;
    const pages = documents.reduce((sum, document) => sum + document.pages, 0);
    const yes = await this.#question(`Approve ${counted(documents.length, "document")} (${counted(pages, "page")})?`,
      `Nothing is known against ${documents.length === 1 ? "it" : "them"}, and nobody has looked at ${documents.length === 1 ? "it" : "them"}.`
      + (documents.length === AT_ONCE ? " There are more; these are the first." : ""), "Approve");
    if (yes) await this.#each("Approving", documents, ({id, version}) => tell(`/api/docs/${id}/decision`,
      {actor: this.who.value.trim(), version, id: crypto.randomUUID(), review: "approved"}));
  }

  async #retry(count) {
    if (!await this.#question(`Try ${counted(count, "job")} again?`, "What was read already is not paid for again.", "Try again")) return;
    const failed = await attempt(async () => {
      if (this.#selected.size) return [...this.#selected.values()].filter(canBeRetried);
      const statuses = this.address.get("status") ? [this.address.get("status")] : ["error", "waiting"];
      const lists = await Promise.all(statuses.map(status => ask(`/api/list?${this.#filter({status, limit: AT_ONCE})}`)));
      return lists.flatMap(list => list.jobs);
    });
    if (failed) await this.#each("Trying", failed, ({id}) => tell(`/api/jobs/${id}/retry`));
  }

  async #delete() {
    if (!this.#isNamed()) return;
    const jobs = [...this.#selected.values()];
    const {pages, approved} = this.#meant();
    const too = make("input", {type: "checkbox", name: "approvedToo"});
    const answer = await this.#question(`Delete ${counted(jobs.length, "job")} with ${counted(pages, "page")}?`,
      "What was read, the images and the uploaded files are gone for good. That you have deleted them is kept.", "Delete",
      ...approved ? [make("p", {}, make("label", {}, too, ` also ${counted(approved, "approved page")}; jobs that have some stay otherwise`))] : []);
    if (answer) await this.#each("Deleting", jobs, ({id}) => tell(`/api/jobs/${id}/delete`, {actor: this.who.value.trim(), approvedToo: too.checked}));
  }

  async #export() {
    const select = (name, label, ...options) => make("p", {}, make("label", {}, `${label} `, make("select", {name}, ...options.map(([value, text]) =>
      make("option", {value, selected: value === this.address.get(name)}, text)))));
    const answer = await this.#question(this.#selected.size ? `Export ${counted(this.#selected.size, "job")}` : `Export the pages of ${counted(this.counts.jobs, "job")}`,
      "A page a row, with the values that count.", "Export", select("format", "As", ["csv", "CSV"], ["xlsx", "Excel (XLSX)"], ["json", "JSON"], ["tally-xml", "Tally (XML)"]),
      select("type", "What", ["bill", "Bills"], ["eway_bill", "E-way bills"]), select("review", "Which", ["approved", "Approved"], ["any", "All that were read"]));
    if (!answer) return;
    const filter = this.#ofMeant();
    for (const name of ["format", "type", "review"]) filter.set(name, answer[name].value);
    await attempt(async () => {
      const file = await fetch(`/api/list/export?${filter}`);
      if (!file.ok) throw new Error((await file.json()).message);
      const url = URL.createObjectURL(await file.blob());
      make("a", {href: url, download: /"(.+)"/.exec(file.headers.get("Content-Disposition"))[1]}).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      const left = JSON.parse(file.headers.get("Billstep-Left-Out") ?? "null");
      this.#say("#done", "Exported.");
      if (left) notice(`${counted(left.count, "bill")} can't be booked and ${left.count === 1 ? "is" : "are"} not in the file: ${left.first.join("; ")}`);
    });
  }

  /** Arrows go through the rows, the space bar selects. */
  #key(event) {
    const row = event.target.closest("tr[data-job]");
    if (event.target !== row) return;
    const to = {ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling}[event.key];
    if (event.key === " ") row.querySelector("input").click();
    else if (to) to.focus();
    else return;
    event.preventDefault();
  }
}

const canBeRetried = job => job.status === "error" || job.status === "waiting";

function progressOf(job) {
  // A page counts twice: once classified, once read.
  return make("progress", {max: 2 * job.page_count, value: job.classified + job.read, ariaLabel: "Progress",
    title: `${job.classified} classified, ${job.read} read of ${counted(job.page_count, "page")}`});
}
