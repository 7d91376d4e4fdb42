"use strict";
// What was read from a page, as a form: grouped as on paper, each field with its own state, its findings,
// and the part of the page that it is printed on. What is typed is checked by the server as it is typed,
// and kept when the field is left.

const CHECK_AFTER_MS = 250;
const LONG = new Set(["address", "amount_in_words", "ship_to", "irn", "place_of_dispatch", "place_of_delivery", "text"]);
const WORDS_OF_TYPE = Object.entries(DOC_TYPES);

class Form {
  #checks = 0;
  #timer;
  #grids = [];
  #undo = [];
  #ids = 0;
  #filled;

  /** Once all that was typed is kept: one change after the other. */
  settled = Promise.resolve();

  /**
   * @param host the element that it fills
   * @param heard `correct(changes)` and `check(changes)` ask the server and give its answer, `focused(path)`
   *     hears which field is looked at, `crop(path, canvas)` draws it, `decide(review, reason)`, `named(type)`, `next()`, `arrange(arrangement)` which pages are one
   *     document, `open(id)`, `move(number)`; `shown(shown)` hears what is shown
   */
  constructor(host, heard) {
    this.host = host;
    this.heard = heard;
    host.addEventListener("focusin", event => this.#focused(event.target));
    host.addEventListener("keydown", event => this.#key(event));
  }

  /** Shows a page; with another one than before, what was done can't be undone any more. */
  show(shown, {isLocked = ""} = {}) {
    if (shown.doc.id !== this.shown?.doc.id) [this.#undo, this.#filled] = [[], undefined];
    this.shown = shown;
    this.lockedBecause = isLocked;
    this.isLocked = isLocked !== "" || shown.doc.review !== "to_review";
    const typing = this.host.contains(document.activeElement) ? document.activeElement : undefined;
    this.#grids = [];
    this.host.replaceChildren(...this.#head(shown), ...(shown.fields ? this.#groups(shown) : []), this.#details(shown), this.#decision(shown));
    this.heard.shown(shown);
    if (typing?.dataset?.path) this.#goOn(typing);
  }

  /** What is typed meanwhile stays. */
  #goOn({dataset, value}) {
    if (!this.focus(dataset.path) || value === dataset.shown) return;
    document.activeElement.value = value;
    this.#typed(document.activeElement);
  }

  empty(...content) {
    this.shown = undefined;
    this.host.replaceChildren(...content);
  }

  #inputOf(path) {
    return this.host.querySelector(`[data-path="${CSS.escape(path)}"]:is(input, textarea, select)`);
  }

  focus(path) {
    const input = this.#inputOf(path)
      ?? this.host.querySelector(`[data-line="${CSS.escape(path)}"] input`);
    input?.focus();
    return Boolean(input);
  }

  /** Puts what was picked on the page into the field that was looked at last. */
  fill(text) {
    const input = this.#filled && this.#inputOf(this.#filled);
    if (!input || this.isLocked) return;
    input.value = text;
    input.focus();
    this.#typed(input);
  }

  // Parts

  #head(shown) {
    const {doc} = shown;
    const type = make("select", {id: "type", disabled: this.isLocked || !may("reread"), onchange: event => this.heard.named(event.target.value)},
      ...WORDS_OF_TYPE.map(([value, name]) => make("option", {value, selected: value === doc.doc_type}, name)));
    const parts = [make("h2", {}, `${doc.file_name ?? "Upload"}, page ${doc.page_number}`),
      make("p", {className: "card"}, make("label", {htmlFor: "type"}, "This page is: "), type),
      documentCard(shown, this.isLocked, {arrange: (arrangement, before) => this.arrange(arrangement, before), open: this.heard.open, move: this.heard.move})];
    if (this.lockedBecause) parts.push(make("p", {className: "banner"}, this.lockedBecause));
    if (doc.review_note) parts.push(make("p", {className: "banner"}, doc.review_note));
    if (doc.error) parts.push(make("p", {className: "banner error"}, `It could not be read: ${doc.error}`));
    for (const other of shown.same) parts.push(make("p", {className: "banner error"}, "This document was uploaded before: ",
      make("a", {href: `/#job=${other.job_thread_id}&page=${other.page_number}`}, `${other.file_name ?? "another file"}, page ${other.page_number}`)));
    for (const other of shown.bundle) parts.push(make("p", {className: `banner ${other.differences.length ? "error" : ""}`},
      shown.document.pages[0].doc_type === "bill" ? "Its e-way bill: " : "Its bill: ",
      make("a", {href: `/#job=${other.job_thread_id}&page=${other.page_number}`}, `${other.file_name ?? "another file"}, page ${other.page_number}`),
      other.differences.length ? ", which says other things." : ", which says the same."));
    for (const finding of shown.findings.filter(each => each.path === ""))
      parts.push(make("p", {className: `banner ${finding.severity}`}, finding.message));
    return parts;
  }

  #groups(shown) {
    const known = shown.schema.properties;
    const groups = GROUPS[shown.doc.doc_type] ?? [];
    const named = new Set(groups.flatMap(([, fields]) => fields));
    const others = Object.keys(known).filter(field => !named.has(field));
    return [...groups, ["Other", others]].map(([title, fields]) => [title, fields.filter(field => field in known)])
      .filter(([, fields]) => fields.length)
      .map(([title, fields]) => make("fieldset", {className: "card"}, make("legend", {}, title), ...this.#parts(shown, fields)));
  }

  #parts(shown, fields) {
    const parts = [];
    let simple;
    for (const field of fields) {
      const type = shown.schema.properties[field];
      const kind = kindOf(shown.schema, type);
      if (kind === "table") {
        parts.push(...this.#table(shown, field, type));
        simple = undefined;
        continue;
      }
      if (!simple) parts.push(simple = make("div", {className: "fields-of"}));
      if (kind === "object") {
        const inner = resolved(shown.schema, type).properties;
        for (const name of Object.keys(inner))
          simple.append(this.#field(shown, `/${field}/${name}`, {name, kind: kindOf(shown.schema, inner[name])}));
      } else {
        simple.append(this.#field(shown, `/${field}`, {name: field, kind}));
      }
    }
    return parts;
  }

  #table(shown, field, type) {
    const lines = resolved(shown.schema, resolved(shown.schema, type).items).properties;
    const grid = new Grid(field, Object.keys(lines).map(name => ({name, kind: kindOf(shown.schema, lines[name])})), this);
    this.#grids.push(grid);
    const said = make("div", {className: "of-table"});
    said.dataset.said = `/${field}`;
    this.#say(said, shown, `/${field}`);
    return [grid.element(shown), said];
  }

  #field(shown, path, {name, kind}) {
    const id = `f${++this.#ids}`;
    const said = make("div", {id: `${id}-said`});
    said.dataset.said = path;
    const input = this.input(shown, path, {name, kind});
    input.id = id;
    input.setAttribute("aria-describedby", said.id);
    input.removeAttribute("aria-label");
    const icon = make("span", {className: "state"});
    icon.setAttribute("aria-hidden", "true");
    const field = make("div", {className: `field ${LONG.has(name) || String(input.value).length > 40 ? "long" : ""}`},
      make("label", {htmlFor: id}, nameOf(name)), make("canvas", {hidden: true, ariaHidden: "true"}), make("div", {className: "row"}, icon, input), said);
    this.#mark(input, shown);
    this.#say(said, shown, path);
    return field;
  }

  /** A value's input, in a field of its own or a cell. */
  input(shown, path, {name, kind}, label = nameOf(name), onpaste = undefined) {
    const value = valueAt(shown.fields, shown.lines, path);
    const text = written(value, kind, name);
    const input = kind === "boolean"
      ? make("select", {}, ...["", "Yes", "No"].map(each => make("option", {value: each}, each)))
      : make(!onpaste && (LONG.has(name) || text.length > 40 || text.includes("\n")) ? "textarea" : "input", {autocomplete: "off", spellcheck: false});
    Object.assign(input, {value: text, disabled: this.isLocked, ariaLabel: label});
    if (input.rows) input.rows = 1;
    if (kind === "number") input.inputMode = "decimal";
    Object.assign(input.dataset, {path, shown: text, kind, name});
    input.addEventListener("input", () => this.#typed(input));
    input.addEventListener("change", () => this.#leave(input));
    input.addEventListener("blur", () => this.#leave(input)); // What was picked on the page is no change to the browser.
    if (onpaste) {
      input.addEventListener("paste", onpaste);
      this.#mark(input, shown);
      input.title = shown.findings.filter(finding => finding.path === path).map(finding => finding.message).join(" ");
    }
    return input;
  }

  /** By icon, colour, and in words. */
  #mark(input, shown, problem) {
    const value = valueAt(shown.fields, shown.lines, input.dataset.path);
    const state = problem ? "failed" : stateOf(shown, input.dataset.path, value);
    input.dataset.state = state;
    input.dataset.isOpen = String(needsALook(shown, input.dataset.path, state));
    input.classList.remove(...Object.keys(STATES));
    input.classList.add(state);
    input.setAttribute("aria-invalid", String(state === "failed"));
    const icon = input.closest(".field")?.querySelector(".state");
    if (!icon) return;
    icon.className = `state ${state}`;
    [icon.textContent, icon.title] = STATES[state];
  }

  #say(said, shown, path, problem) {
    const correction = shown.corrections.find(each => each.path === path);
    const findings = problem ? [{severity: "error", message: problem.message}] : shown.findings.filter(finding => finding.path === path);
    const parts = findings.map(finding => make("p", {className: `said ${finding.severity}`}, finding.message));
    const state = said.closest(".field")?.querySelector("[data-state]")?.dataset.state;
    if (state) parts.unshift(make("span", {className: "visually-hidden"}, `${STATES[state][1]}.`));
    if (correction && !problem) {
      const kind = said.closest(".field")?.querySelector("[data-kind]")?.dataset.kind ?? "text";
      const same = JSON.stringify(correction.base) === JSON.stringify(correction.new);
      parts.push(make("p", {className: "was"},
        same ? `Confirmed by ${correction.actor}. `
          : `By ${correction.actor}${typeof correction.base === "object" && correction.base !== null ? "" : `; read as “${written(correction.base, kind, path.split("/").at(-1)) || "nothing"}”`}. `,
        this.isLocked ? "" : make("button", {type: "button", className: "quiet", ariaLabel: `Take back: ${nameOfPath(path)}`,
          onclick: () => this.change([{path, withdrawn: true}])}, "Take back")));
    }
    said.replaceChildren(...parts);
  }

  #details({doc, decisions}) {
    const facts = [["Confidence", doc.confidence.toFixed(2)], ["Model", doc.model_id], ["Prompt", doc.prompt_version],
      ["Schema", doc.schema_version ?? "none"], ["Version of the row", doc.version], ["Row", doc.id]];
    return make("details", {}, make("summary", {}, "Details"),
      make("p", {}, make("a", {href: `/#job=${doc.job_thread_id}&page=${doc.page_number}`}, "The job: tokens, cost, runs and what the page said before")),
      make("table", {}, ...facts.map(([name, value]) => make("tr", {}, make("th", {scope: "row"}, name), make("td", {className: "value"}, String(value)))),
        ...decisions.map(each => make("tr", {}, make("th", {scope: "row"}, each.review.replace("_", " ")),
          make("td", {className: "value"}, `${each.actor}, ${new Date(each.created_at).toLocaleString()}${each.reason ? `: ${each.reason}` : ""}`)))));
  }

  #decision({doc, fields, document}) {
    const button = (text, onclick, properties = {}) => make("button", {type: "button", className: "button", onclick, ...properties}, text);
    const bar = make("div", {className: "decide"});
    if (doc.review === "to_review") {
      const canApprove = document.pages.length > 1 ? document.fields : fields && doc.doc_type !== "unknown" && !doc.error;
      const reason = make("input", {placeholder: "Why it is rejected", ariaLabel: "Why it is rejected", disabled: this.isLocked});
      bar.append(button("Approve", () => this.heard.decide("approved"), {id: "approve", disabled: this.isLocked || !canApprove}),
        button("Undo", () => this.undo(), {className: "quiet", id: "undo", disabled: this.isLocked || !this.#undo.length}),
        reason, button("Reject", () => this.heard.decide("rejected", reason.value.trim()), {className: "quiet", disabled: this.isLocked}));
    } else {
      bar.append(make("span", {className: doc.review === "approved" ? "good" : "error"},
        `${doc.review === "approved" ? "✓ Approved" : "✕ Rejected"} by ${doc.reviewed_by}`),
        button("Open again", () => this.heard.decide("to_review"), {className: "quiet", disabled: Boolean(this.lockedBecause)}));
    }
    bar.append(button("Next page", () => this.heard.next(), {className: "quiet"}),
      make("span", {className: "meta"}, make("kbd", {}, "Enter"), " confirms and goes on, ", make("kbd", {}, "Ctrl Enter"), " approves"));
    return bar;
  }

  // What is done

  /**
   * Keeps changes. What they have changed can be undone.
   *
   * @param focus path of the field to go to
   */
  change(changes, focus = undefined) {
    this.settled = this.settled.then(() => this.#change(changes, focus));
    return this.settled;
  }

  async #change(changes, focus) {
    const before = this.shown;
    clearTimeout(this.#timer);
    this.#checks++;
    const after = await this.heard.correct(changes);
    if (!after || this.shown?.doc.id !== after.doc.id) return false;
    this.#undo.push(inverse(before.corrections, after.corrections));
    this.show(after);
    if (focus) this.focus(focus);
    return true;
  }

  /**
   * Keeps which pages are one document, which can be undone.
   *
   * @param before the arrangement that was
   */
  arrange(arrangement, before) {
    this.settled = this.settled.then(async () => {
      const after = await this.heard.arrange(arrangement);
      if (!after || this.shown?.doc.id !== after.doc.id) return false;
      this.#undo.push({arrangement: before});
      this.show(after);
      this.host.querySelector("[aria-current=true]")?.focus();
      return true;
    });
    return this.settled;
  }

  /** Takes the last thing back that was done, also where that is still being kept. */
  async undo() {
    await this.settled;
    const changes = this.#undo.pop();
    if (changes?.arrangement) {
      if (await this.arrange(changes.arrangement)) this.#undo.pop();
      else this.#undo.push(changes);
      this.show(this.shown, {isLocked: this.lockedBecause});
      return;
    }
    if (!changes?.length) return;
    if (await this.change(changes)) this.#undo.pop();
    else this.#undo.push(changes);
    this.show(this.shown, {isLocked: this.lockedBecause});
  }

  #typed(input) {
    clearTimeout(this.#timer);
    const check = ++this.#checks;
    this.#timer = setTimeout(async () => {
      const checked = await this.heard.check([{path: input.dataset.path, value: input.value}]);
      if (checked && check === this.#checks) this.#showChecked(checked);
    }, CHECK_AFTER_MS);
  }

  /** What the checks say of what is typed, where it is not kept yet. */
  #showChecked(checked) {
    const doubts = this.shown.findings.filter(finding => finding.code === "reading.conflict" || finding.code.startsWith("bundle.") || /^(ocr|number|date|gstin|textlayer|value)\.(uncertain|ambiguous|unlabelled|unassigned|repaired|not_)/.test(finding.code));
    const live = {...this.shown, fields: checked.fields, lines: checked.lines, findings: [...checked.findings, ...doubts]};
    const problem = path => checked.problems.find(each => each.path === path);
    for (const input of this.host.querySelectorAll("[data-state]")) this.#mark(input, live, problem(input.dataset.path));
    for (const said of this.host.querySelectorAll("[data-said]")) this.#say(said, live, said.dataset.said, problem(said.dataset.said));
    for (const grid of this.#grids) grid.showSums(checked.document ?? checked.fields);
  }

  #leave(input) {
    return input.isConnected && input.value !== input.dataset.shown ? this.#keep(input) : Promise.resolve(true);
  }

  async #keep(input) {
    const kept = input.value;
    input.dataset.shown = kept;
    if (await this.change([{path: input.dataset.path, value: kept}])) return true;
    input.dataset.shown = "\u0000"; // It is tried again when the field is left.
    return false;
  }

  #focused(element) {
    for (const canvas of this.host.querySelectorAll("canvas:not([hidden])")) canvas.hidden = true;
    if (!element.dataset?.path) return;
    this.#filled = element.dataset.path;
    this.heard.focused(element.dataset.path);
    const canvas = element.closest(".field")?.querySelector("canvas");
    if (canvas) this.heard.crop(element.dataset.path, canvas);
  }

  #key(event) {
    const input = event.target;
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.metaKey || !input.dataset?.path || event.isComposing) return;
    event.preventDefault();
    this.#confirm(input);
  }

  /** Says that the value is right, whatever it was taken for, and goes on to the next one that needs a look. */
  async #confirm(input) {
    const {path, isOpen} = input.dataset;
    const isNew = input.value !== input.dataset.shown;
    if (!this.isLocked && (isNew || isOpen === "true") && !await this.#keep(input)) return;
    const inputs = [...this.host.querySelectorAll("[data-path]:is(input, textarea, select)")];
    const here = inputs.findIndex(each => each.dataset.path === path);
    const open = [...inputs.slice(here + 1), ...inputs.slice(0, Math.max(here, 0))].find(each => each.dataset.isOpen === "true");
    (open ?? this.host.querySelector("#approve"))?.focus();
  }

  /** The first field that needs a look; where there is none, the decision. */
  begin() {
    const first = [...this.host.querySelectorAll("[data-state]")].find(each => each.dataset.isOpen === "true");
    (first ?? this.host.querySelector("#approve:enabled") ?? this.host).focus();
  }
}

/** What makes one state of the corrections of another. */
function inverse(before, after) {
  const known = new Map(before.map(each => [each.path, each]));
  const now = new Map(after.map(each => [each.path, each]));
  return [...after.filter(each => JSON.stringify(known.get(each.path)) !== JSON.stringify(each))
    .map(each => known.has(each.path) ? {path: each.path, value: known.get(each.path).new} : {path: each.path, withdrawn: true}),
  ...before.filter(each => !now.has(each.path)).map(each => ({path: each.path, value: each.new}))];
}
