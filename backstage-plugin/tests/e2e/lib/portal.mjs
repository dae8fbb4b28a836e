// The portal of a running demo, opened by somebody in Chromium. One browser for each file of tests; each visit is a profile of its own.
// BERTH_URL is the address, CHROMIUM_BIN another browser than Debian's.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const url = process.env.BERTH_URL ?? 'http://localhost:3000';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const IMAGES = fileURLToPath(new URL('../../../../docs/images/', import.meta.url));
/** What README and docs show. */
const SHOWN = new Set(['form', 'live-error', 'request-done', 'approval']);
/** A machine that builds meanwhile is slow. */
const PATIENCE_MS = Number(process.env.BERTH_E2E_PATIENCE_MS ?? 30_000);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update'];

/** Starts the browser for a file of tests; `after` of node:test ends it. */
export async function startBrowser(after) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium', args: FLAGS });
  after(() => browser.close());
  return {
    /**
     * Opens a page as one of the demo's people.
     *
     * @param {{ as?: string, path?: string, width?: number, scheme?: 'light' | 'dark', prepare?: (page: import('playwright-core').Page) => Promise<void> }} options
     *   `prepare` runs before the page is loaded
     */
    async visit({ as, path = '/', width = 1280, scheme = 'light', prepare }) {
      const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: scheme });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const errors = [];
      page.on('pageerror', error => errors.push(String(error)));
      if (as) {
        await page.addInitScript(name => localStorage.setItem('berth-demo-persona', name), as);
      }
      await prepare?.(page);
      await page.goto(`${url}${path}`);
      return Object.assign(page, {
        leave: async () => {
          await context.close();
          assert.deepEqual(errors, [], 'errors on the page');
        },
      });
    },
  };
}

/** Fails with what axe-core finds, by rule and element. `within` leaves out what is Backstage's own. */
export async function assertAccessible(page, within = 'main') {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async scope => {
    // The sidebar and the header around the page are not ours.
    const { violations: found } = await globalThis.axe.run(document.querySelector(scope) ?? document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    return found.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)}`));
  }, within);
  assert.deepEqual(violations, []);
}

/** Nothing hangs over the right edge. */
export async function assertFits(page) {
  const { content, width } = await page.evaluate(() => ({ content: document.documentElement.scrollWidth, width: window.innerWidth }));
  assert.ok(content <= width, `the page is ${content} pixels wide, the window ${width}`);
}

/**
 * A picture of the page: with BERTH_E2E_IMAGES those that README and docs show are made anew; BERTH_E2E_LOOKS names a folder for all of
 * them, to look at. `height` is that of the window, for what is longer than one.
 */
export async function picture(page, name, { height } = {}) {
  const folders = [process.env.BERTH_E2E_IMAGES && SHOWN.has(name) ? IMAGES : undefined, process.env.BERTH_E2E_LOOKS].filter(Boolean);
  if (folders.length === 0) {
    return;
  }
  const size = page.viewportSize();
  if (height) {
    await page.setViewportSize({ ...size, height });
  }
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `portal-${name}.png`), animations: 'disabled' });
  }
  await page.setViewportSize(size);
}

let names = 0;

/** A name that no other test has. */
export function freshName(of) {
  names += 1;
  return `payments-${of}-${process.pid.toString(36)}${names}`;
}
