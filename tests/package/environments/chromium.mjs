// Real pages in a real Chromium, under a policy that forbids all that the package must not need.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The strictest policy under which WebAssembly may run. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' };
/** A page that hasn't reported by then never will. */
const PATIENCE = 30_000;

/** Debian's, or the one that is named; nothing is downloaded. */
const CHROMIUM = process.env.CHROMIUM_BIN ?? '/usr/bin/chromium';

/** Starts Chromium. */
export function launch() {
  // As root, in containers, there is no sandbox to be had.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
}

/** Answers with the files of a folder. */
export function files(folder) {
  return async (request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = join(folder, pathname === '/' ? 'index.html' : decodeURIComponent(pathname));
    try {
      const body = await readFile(file);
      response.setHeader('Content-Type', `${TYPES[extname(file)] ?? 'application/octet-stream'}; charset=utf-8`);
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  };
}

/** Opens a page of `handler` and answers with what its script reports: `{answers, evalIsForbidden}`. */
export async function inPage(browser, handler) {
  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', POLICY);
    handler(request, response);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const context = await browser.newContext();
  try {
    return await reported(await context.newPage(), `http://127.0.0.1:${server.address().port}/`);
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
}

/** What the page reports; what goes wrong in it fails here. */
async function reported(page, url) {
  const complaints = [];
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the page reports nothing: ${complaints.join('\n')}`)), PATIENCE);
    const end = settle => value => {
      clearTimeout(timer);
      settle(value);
    };
    page.exposeFunction('report', end(resolve)).then(() => page.goto(url)).catch(end(reject));
    page.on('pageerror', end(reject));
  });
}
