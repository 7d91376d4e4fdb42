// A page of another site, in the browser of somebody who has a stack running: it tries to read the
// stack's keys and rows, to run its functions, and to pass for a page of the stack's own servers.
//
//   node other-site.mjs TARGETS (JSON: a list of {name, url, method, headers, body})
import assert from "node:assert/strict";
import http from "node:http";
import {chromium} from "playwright-core";

const targets = JSON.parse(process.argv[2]);
// Names that are the attacker's, and lead to this machine: as DNS rebinding makes them.
const SITE = "other-site.example";
const REBOUND = "rebound.example";
const site = http.createServer((request, response) => {
  response.setHeader("Content-Type", "text/html");
  response.end("<!doctype html><title>Another site</title>");
});
await new Promise(resolve => site.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", `--host-resolver-rules=MAP *.example 127.0.0.1`],
});
const page = await browser.newPage();
const statuses = new Map();
page.on("response", response => {
  const key = `${response.request().method()} ${response.url()}`;
  statuses.set(key, [...(statuses.get(key) ?? []), response]);
});

const inPage = target => page.evaluate(async ({url, method, headers, body, mode}) => {
  try {
    const response = await fetch(url, {method, headers, body, mode});
    return {type: response.type, status: response.status, text: await response.text()};
  } catch (failure) {
    return {failure: String(failure)};
  }
}, target);

/** The browser goes to its own page for an answer without words, and takes what runs in the other with it. */
const attempt = async target => {
  for (let left = 5; ; left--) {
    try {
      return await inPage(target);
    } catch (failure) {
      if (left === 0 || !String(failure).includes("context was destroyed")) {
        throw failure;
      }
      await page.waitForLoadState();
    }
  }
};

try {
  for (const origin of [`http://${SITE}:${site.address().port}`, `http://127.0.0.1:${site.address().port}`]) {
    await page.goto(origin);
    for (const target of targets) {
      const read = await attempt({...target, mode: "cors"});
      assert.ok(read.failure, `${target.name} was read from ${origin}: ${JSON.stringify(read)}`);
      // Without headers that need leave: the browser sends it, and shows the page nothing.
      statuses.clear();
      const sent = await attempt({...target, headers: {}, mode: "no-cors"});
      if (sent.failure === undefined) {
        assert.equal(sent.text, "", `${target.name} was read from ${origin}`);
      }
      for (const [request, responses] of statuses) {
        for (const response of responses) {
          assert.equal(response.status(), 403, `${target.name} answered ${request} of ${origin}`);
          assert.equal(await response.headerValue("access-control-allow-origin"), null, target.name);
        }
      }
    }
  }
  for (const target of targets) {
    const url = new URL(target.url);
    const address = `http://${REBOUND}:${url.port}${url.pathname}${url.search}`;
    // Where the refusal has no words, the browser shows a page of its own, which is of no site.
    const [rebound] = await Promise.all([page.waitForResponse(address), page.goto(address).catch(() => page)]);
    assert.equal(rebound.status(), 403, `${target.name} answered by a name that is another's`);
    const read = await attempt({...target, url: address, mode: "cors"});
    assert.ok(read.failure || read.status === 403, `${target.name} was read by a name that is another's: ${JSON.stringify(read)}`);
  }
  console.log(`${targets.length} servers refused`);
} finally {
  await browser.close();
  site.close();
}
