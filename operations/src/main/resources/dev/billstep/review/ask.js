"use strict";
// What the pages ask of their server, and where they say what failed.

const at = selector => document.querySelector(selector);

/** What failed is said on the page, until something is done that does not. */
function notice(sentence) {
  at("#notice").hidden = !sentence;
  at("#notice").textContent = sentence;
}

/** The answer as JSON; a refusal is an error with its sentence and status. */
async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("The stack is not responding. Is it still running? Check with: billstep status");
  }
  const body = await answer.json();
  if (answer.status === 401 && document.body.dataset.role) { // They were signed in, and are no longer.
    location.assign(`/sign-in?to=${location.pathname}${location.hash}`);
  }
  if (!answer.ok) throw Object.assign(new Error(body.message), {status: answer.status});
  return body;
}

const tell = (path, body, more = {}) => ask(path, {method: "POST", body: JSON.stringify(body ?? {}),
  headers: {"Content-Type": "application/json"}, ...more});
