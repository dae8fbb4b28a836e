// The page as it is served, in Chromium; whatever it says on the console as a warning or an error fails the test.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const SERVER = fileURLToPath(new URL("../serve.mjs", import.meta.url));
const CHROMIUM = process.env.CHROMIUM_BIN ?? "/usr/bin/chromium";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Serves dist/ and starts Chromium. */
export async function startPage() {
  const server = spawn(process.execPath, [SERVER, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await addressOf(server);
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const complaints = [];

  return {
    /** Opens the page for somebody who has never been there. */
    async open({ width = 1280, height = 900, scheme = "light", hash = "", url: address = url + hash } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        permissions: ["clipboard-read", "clipboard-write"],
        reducedMotion: "reduce",
      });
      const tab = await context.newPage();
      tab.setDefaultTimeout(10_000);
      tab.on("pageerror", (error) => complaints.push(error.message));
      tab.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(message.text());
      });
      await tab.goto(address);
      await tab.locator("html[data-ready]").waitFor();
      return tab;
    },
    /** Writes a document as pasting does: typing 300 lines takes Chromium seconds. */
    async write(editor, text) {
      await editor.evaluate((field, value) => {
        field.value = value;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, text);
    },
    /** What axe-core finds. It comes by the debugger: the page itself lets no script in. */
    async violations(tab) {
      await tab.evaluate(AXE);
      const { violations } = await tab.evaluate(() => window.axe.run());
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
    },
    async stop() {
      await browser.close();
      server.kill();
      await once(server, "exit");
      assert.deepEqual(complaints, []);
    },
  };
}

async function addressOf(server) {
  for await (const line of createInterface({ input: server.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error("the server ended before it listened");
}
