// What every script that looks at a page in a browser needs.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";

/** However busy the machine is. */
export const SHOWN_MS = 60_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Waits until something is so. */
export async function until(what, isSo, limit = SHOWN_MS) {
  for (const end = Date.now() + limit; Date.now() < end; await new Promise(wake => setTimeout(wake, 200)))
    if (await isSo()) return;
  throw new Error(`It never came to: ${what}`);
}

/** Nobody is kept out (WCAG 2.2 AA, as far as axe can tell), and nothing has to be scrolled sideways. */
export async function hasNoBarrier(page, where) {
  // As an addition of the browser's own, past the page's policy of what it may run.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", {expression: AXE});
  const {result} = await session.send("Runtime.evaluate", {awaitPromise: true, returnByValue: true,
    expression: `axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(found => found.violations
      .map(each => each.id + ": " + each.help + " " + each.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")))`});
  assert.deepEqual(result.value, [], where);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where} scrolls sideways`);
}
