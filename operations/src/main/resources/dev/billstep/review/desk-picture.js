"use strict";
// The page's image, with a box on every value whose place is known and on every word of its text layer.

const SVG_NAMES = "http://www.w3.org/2000/svg";

class Picture {
  #zoom = 1;
  #words = [];
  #shown;
  #drag;

  /**
   * @param host the element that it fills
   * @param heard `chosen(path)` of a value's box, `picked(text)` of a word or of what was dragged over
   */
  constructor(host, heard) {
    this.host = host;
    this.heard = heard;
    this.image = make("img", {alt: ""});
    this.boxes = document.createElementNS(SVG_NAMES, "svg");
    this.boxes.setAttribute("aria-hidden", "true");
    // Words stay where they are when a value is corrected: somebody may be pointing at one.
    this.wordBoxes = document.createElementNS(SVG_NAMES, "g");
    this.valueBoxes = document.createElementNS(SVG_NAMES, "g");
    this.boxes.append(this.wordBoxes, this.valueBoxes);
    this.page = make("div", {className: "page"}, this.image, this.boxes);
    this.view = make("div", {className: "view", tabIndex: 0, role: "region", ariaLabel: "Image of the page"}, this.page);
    const button = (text, label, onclick) => make("button", {type: "button", ariaLabel: label, title: label, onclick}, text);
    host.replaceChildren(make("div", {className: "zoom"}, button("−", "Smaller", () => this.zoom(this.#zoom / 1.3)),
      button("+", "Larger", () => this.zoom(this.#zoom * 1.3)), button("⤢", "The whole page", () => this.zoom(1))), this.view,
      this.said = make("p", {className: "looking", role: "status", hidden: true}));
    this.image.onload = () => this.#draw();
    this.image.onerror = () => this.page.classList.add("gone");
    this.boxes.addEventListener("pointerdown", event => this.#press(event));
    this.boxes.addEventListener("pointermove", event => this.#move(event));
    this.boxes.addEventListener("pointerup", event => this.#release(event));
    // A finger scrolls and zooms; where it taps it chooses.
    this.boxes.addEventListener("click", event => { if (event.pointerType === "touch") this.#choose(event.target); });
  }

  show(shown, url) {
    const isNew = this.#shown?.doc.id !== shown?.doc.id || this.image.getAttribute("src") !== url;
    this.#shown = shown;
    this.host.hidden = !shown;
    if (!shown) return;
    if (isNew) {
      this.#words = [];
      this.say("");
      this.zoom(1);
      this.page.classList.toggle("gone", !url);
      this.image.alt = `Page ${shown.doc.page_number}`;
      if (url) this.image.src = url;
      else this.image.removeAttribute("src");
      this.wordBoxes.replaceChildren();
      this.valueBoxes.replaceChildren();
    } else {
      this.#drawValues();
    }
  }

  /** What is to be known of the page's words; nothing, where they are there. */
  say(sentence) {
    this.said.textContent = sentence;
    this.said.hidden = !sentence;
  }

  words(words) {
    this.#words = words;
    this.#draw();
  }

  #draw() {
    if (!this.image.naturalWidth || !this.#shown) return;
    this.boxes.setAttribute("viewBox", `0 0 ${this.image.naturalWidth} ${this.image.naturalHeight}`);
    this.wordBoxes.replaceChildren(...this.#words.map(word => this.#rect(word, {className: "word", text: word.text})));
    this.#drawValues();
  }

  #drawValues() {
    if (!this.image.naturalWidth || !this.#shown) return;
    const values = Object.entries(this.#shown.doc.ocr_payload.printed).filter(([, printed]) => printed.box)
      // The smaller one is on top, and can be chosen.
      .sort(([, one], [, other]) => other.box.width * other.box.height - one.box.width * one.box.height)
      .map(([path, printed]) => {
        const state = stateOf(this.#shown, path, valueAt(this.#shown.fields, this.#shown.lines, path));
        const rect = this.#rect(printed.box, {className: `value ${state}`, text: nameOfPath(path)});
        rect.dataset.path = path;
        return rect;
      });
    this.valueBoxes.replaceChildren(...values);
  }

  #rect(box, {className, text}) {
    const rect = document.createElementNS(SVG_NAMES, "rect");
    for (const name of ["x", "y", "width", "height"]) rect.setAttribute(name, box[name]);
    rect.setAttribute("class", className);
    const title = document.createElementNS(SVG_NAMES, "title");
    title.textContent = text;
    rect.append(title);
    return rect;
  }

  zoom(factor) {
    this.#zoom = Math.min(Math.max(factor, 0.5), 6);
    this.page.style.width = `${100 * this.#zoom}%`;
  }

  /** Where a field is printed: by itself, or the line that it is in. */
  #placeOf(path) {
    const printed = this.#shown?.doc.ocr_payload.printed ?? {};
    for (let at = path; at; at = at.slice(0, at.lastIndexOf("/"))) if (printed[at]?.box) return at;
    return undefined;
  }

  #boxOf(path) {
    return this.#shown?.doc.ocr_payload.printed[this.#placeOf(path)]?.box;
  }

  /** Shows where a field is printed: as large as can be read, in the middle. */
  focus(path) {
    const place = this.#placeOf(path);
    for (const rect of this.boxes.querySelectorAll(".value")) rect.classList.toggle("chosen", rect.dataset.path === place);
    const box = this.#boxOf(path);
    if (!box || !this.image.naturalWidth) return;
    const wanted = Math.min(3, 0.55 * this.image.naturalWidth / Math.max(box.width, 0.18 * this.image.naturalWidth));
    this.zoom(Math.max(wanted, 1));
    const scale = this.page.clientWidth / this.image.naturalWidth;
    this.view.scrollTo({left: (box.x + box.width / 2) * scale - this.view.clientWidth / 2,
      top: (box.y + box.height / 2) * scale - this.view.clientHeight / 2});
  }

  /** The part of the page that a field is printed on, drawn on a canvas. */
  crop(path, canvas) {
    const box = this.#boxOf(path);
    canvas.hidden = !box || !this.image.naturalWidth;
    if (canvas.hidden) return;
    const margin = Math.max(box.height * 0.35, 6);
    const [x, y] = [Math.max(box.x - 2 * margin, 0), Math.max(box.y - margin, 0)];
    canvas.width = Math.min(box.width + 4 * margin, this.image.naturalWidth - x);
    canvas.height = Math.min(box.height + 2 * margin, this.image.naturalHeight - y);
    canvas.getContext("2d").drawImage(this.image, x, y, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height);
  }

  #at(event) {
    const edge = this.boxes.getBoundingClientRect();
    const scale = this.image.naturalWidth / edge.width;
    return {x: (event.clientX - edge.left) * scale, y: (event.clientY - edge.top) * scale};
  }

  #press(event) {
    if (event.button !== 0 || event.pointerType === "touch") return;
    event.preventDefault();
    this.#drag = {from: this.#at(event), rect: undefined, target: event.target};
    this.boxes.setPointerCapture(event.pointerId);
  }

  #move(event) {
    if (!this.#drag) return;
    const [from, to] = [this.#drag.from, this.#at(event)];
    if (!this.#drag.rect && Math.hypot(to.x - from.x, to.y - from.y) < 12) return;
    this.#drag.box = {x: Math.min(from.x, to.x), y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y)};
    this.#drag.rect?.remove();
    this.#drag.rect = this.#rect(this.#drag.box, {className: "drag", text: ""});
    this.boxes.append(this.#drag.rect);
  }

  #release(event) {
    const drag = this.#drag;
    this.#drag = undefined;
    drag?.rect?.remove();
    if (drag?.box) {
      const text = this.#textIn(drag.box);
      if (text) this.heard.picked(text);
    } else if (drag) {
      this.#choose(drag.target);
    }
    event.preventDefault();
  }

  #choose(target) {
    if (target.dataset?.path) this.heard.chosen(target.dataset.path);
    else if (target.classList?.contains("word")) this.heard.picked(target.textContent);
  }

  /** The values that were read, each once: of a line its cells, where they are known. */
  #printedValues() {
    const printed = Object.entries(this.#shown.doc.ocr_payload.printed).filter(([, each]) => each.box);
    return printed.filter(([path]) => !printed.some(([other]) => other.startsWith(`${path}/`))).map(([, each]) => each);
  }

  /** Where nothing else is known of a scan, of the values that were read. */
  #textIn(box) {
    const known = this.#words.length ? this.#words
      : this.#printedValues().map(each => ({text: each.text, ...each.box}));
    const within = known.filter(word => {
      const [x, y] = [word.x + word.width / 2, word.y + word.height / 2];
      return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
    });
    return within.map(word => word.text).join(" ");
  }
}
