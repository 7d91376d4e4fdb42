"use strict";
// The jobs of a stack, live; one of them with its pages; and what can be done with it.

const SHORT_MS = 700;
const LONG_MS = 3000;
const isEnded = job => job.status === "processed" || job.status === "error";
const sleep = ms => new Promise(wake => setTimeout(wake, ms));

/** Does something for whoever uses the page, and says so where it fails. */
async function attempt(work) {
  try {
    notice("");
    return await work();
  } catch (failure) {
    notice(failure.message);
    return undefined;
  }
}

// The list

const list = new JobList(at("#jobs"), {open: openJob, changed: () => wake()});
let listed = "#";

async function showJobs(address) {
  listed = location.hash || "#";
  list.from(address);
  return await list.show() ? LONG_MS : SHORT_MS;
}

async function upload(files) {
  if (!may("run")) return;
  const failures = [];
  for (const file of files) {
    try {
      await uploadOne(file);
    } catch (failure) {
      failures.push(failure.message);
    }
  }
  notice(failures.join(" "));
  wake();
}

async function uploadOne(file) {
  // The server would not read what is too large, and the browser then says no more than that it broke off.
  const {uploadBytes} = await ask("/api/limits");
  if (file.size > uploadBytes) {
    throw new Error(`${file.name} has ${file.size.toLocaleString()} bytes; at most ${uploadBytes.toLocaleString()} `
      + "are accepted (setting split.limits).");
  }
  return ask(`/api/jobs?name=${encodeURIComponent(file.name)}`, {method: "POST", body: file,
    headers: {"Content-Type": "application/octet-stream"}});
}

// One job

const opened = {id: "", seen: ""};
const view = new JobView(at("#job"), {actions: buttons, moved: page => {
  history.replaceState(null, "", `#job=${opened.id}&page=${page}`);
}});

function openJob(id) {
  location.hash = `job=${id}`;
}

function buttons(job, doc) {
  const button = (text, onclick) => make("button", {className: "button operator", onclick}, text);
  const path = `/api/jobs/${job.id}`;
  if (job.status === "processing") return [button("Stop the run", () => act(() => tell(`${path}/cancel`)))];
  const all = [];
  if (job.status !== "processed") all.push(button("Try again", () => act(() => tell(`${path}/retry`))));
  if (doc) all.push(make("a", {className: "button", href: `/desk#doc=${doc.id}`}, `Correct or approve page ${doc.page_number}`));
  if (doc) all.push(button(`Read page ${doc.page_number} again…`, () => replay(job, [doc.page_number])));
  if (job.status === "processed") all.push(button("Read the job again…", () => replay(job, [])));
  return all;
}

async function act(work) {
  await attempt(work);
  opened.seen = "";
  wake();
}

function replay(job, pages) {
  const dialog = at("#replay");
  const form = dialog.querySelector("form");
  form.reset();
  dialog.querySelector("h2").textContent = pages.length ? `Read page ${pages[0]} again` : "Read every page again";
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "replay") return;
    const model = form.elements.model.value.trim();
    const version = form.elements.schemaVersion.value;
    act(() => tell(`/api/jobs/${job.id}/replay`, {...(model && {model}), ...(version && {schemaVersion: Number(version)}),
      pages, ignoreCache: form.elements.ignoreCache.checked, approvedToo: form.elements.approvedToo.checked}));
  };
  dialog.showModal();
}

async function showJob(page) {
  const id = opened.id;
  const job = await ask(`/api/jobs/${id}/row`);
  if (id !== opened.id) return SHORT_MS;
  const bar = at("#opened progress");
  bar.hidden = isEnded(job);
  if (job.page_count) {
    bar.max = 2 * job.page_count;
    bar.value = job.classified_pages.length + job.read_pages.length;
  } else {
    bar.removeAttribute("value");
  }
  at("#opened [role=status]").textContent = isEnded(job) ? "" : `${job.status}` +
    (job.page_count ? `: ${job.classified_pages.length} classified, ${job.read_pages.length} read of ${job.page_count} pages` : "");
  // Rows change as a whole, at a run's end: they are fetched when the job says something else.
  const said = [job.status, job.attempt, job.waiting_reason, job.questions_sent_at].join(" ");
  if (said !== opened.seen) {
    const whole = await ask(`/api/jobs/${id}`);
    if (id !== opened.id) return SHORT_MS;
    opened.seen = said;
    view.show(whole, (read, doc) => `/api/jobs/${id}/pages/${doc.page_number}/images/${read.storage_uri.split("/").at(-1)}` +
      `?at=${encodeURIComponent(doc.updated_at)}`, page);
  }
  return isEnded(job) ? LONG_MS : SHORT_MS;
}

// What is looked at is kept up to date, while somebody looks.

let wake = () => {};

async function follow() {
  for (;;) {
    const woken = new Promise(resolve => { wake = resolve; });
    const address = new URLSearchParams(location.hash.slice(1));
    const [id, page] = [address.get("job") ?? "", address.get("page")];
    if (id !== opened.id) Object.assign(opened, {id, seen: ""});
    at("#jobs").hidden = id !== "";
    at("#opened").hidden = id === "";
    at("#opened .bar a").href = listed;
    if (!id) document.title = "Billstep";
    let pause = LONG_MS;
    try {
      pause = await (id ? showJob(opened.seen ? undefined : Number(page) || 1) : showJobs(address));
      if (at("#notice").dataset.isOfFollowing) notice("");
      delete at("#notice").dataset.isOfFollowing;
    } catch (failure) {
      notice(failure.message);
      at("#notice").dataset.isOfFollowing = "true";
    }
    await Promise.race([woken, sleep(pause)]);
    if (document.hidden) await new Promise(seen => addEventListener("visibilitychange", seen, {once: true}));
  }
}

addEventListener("hashchange", () => wake());
addEventListener("popstate", () => wake());
addEventListener("visibilitychange", () => wake());
addEventListener("dragover", event => event.preventDefault());
addEventListener("drop", event => {
  event.preventDefault();
  upload(event.dataTransfer.files);
});
addEventListener("keydown", event => {
  if (event.key === "Escape" && !at("#replay").open && opened.id) location.hash = listed;
  if (event.key === "/" && !opened.id && !event.target.closest?.("input, select, dialog")) {
    event.preventDefault();
    at("#filters [name=q]").focus();
  }
});
at("#files").onchange = event => {
  upload([...event.target.files]);
  event.target.value = "";
};
follow();
