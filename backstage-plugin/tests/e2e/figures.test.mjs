// Prints figures of the portal. Times are not judged, since the machine may have other work; the size is.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { startBrowser } from './lib/portal.mjs';

const STATIC = fileURLToPath(new URL('../../packages/app/dist/static/', import.meta.url));
const OURS = /plugins\/platform(-common)?\/src|pkg\/dist|@tanstack/;
/** A little more than was reached, so that nothing large comes in unseen. */
const MOST_KB = 244;
const browser = await startBrowser(after);

it('keystroke to painted answer', async () => {
  const page = await browser.visit({ as: 'ada', path: '/platform/new' });
  const name = page.getByRole('textbox', { name: /^Name/ });
  await name.waitFor();
  await page.evaluate(() => {
    globalThis.latencies = [];
    addEventListener(
      'input',
      event => {
        // After the next frame is drawn, the message is handled.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.latencies.push(performance.now() - event.timeStamp);
          port2.postMessage(undefined);
        });
      },
      { capture: true },
    );
  });
  await name.pressSequentially('Payments_Checkout-for-the-autumn-sale', { delay: 60 });
  const latencies = (await page.evaluate(() => globalThis.latencies)).sort((one, other) => one - other);
  const at = share => latencies[Math.floor(share * (latencies.length - 1))]?.toFixed(1);
  console.log(`keystroke to paint: ${at(0.5)} ms at the median, ${at(0.95)} ms at the 95th percentile, of ${latencies.length}`);
  await page.leave();
});

it('what the plugin adds to the app', () => {
  let core = 0;
  let rest = 0;
  const names = [];
  for (const file of readdirSync(STATIC).filter(name => name.endsWith('.js.map'))) {
    const { sources, sourcesContent = [] } = JSON.parse(readFileSync(join(STATIC, file), 'utf8'));
    const length = of => sources.reduce((sum, source, index) => sum + (of(source) ? (sourcesContent[index]?.length ?? 0) : 0), 0);
    const share = length(source => OURS.test(source)) / Math.max(1, length(() => true));
    names.push(...sources);
    const bytes = share > 0 ? gzipSync(readFileSync(join(STATIC, file.replace(/\.map$/, '')))).length * share : 0;
    if (file.startsWith('berth-core')) {
      core += bytes;
    } else {
      rest += bytes;
    }
  }
  const kB = bytes => `${(bytes / 1000).toFixed(0)} kB`;
  console.log(`the plugin, gzipped: ${kB(rest + core)}, of it the core in its lazy chunk ${kB(core)}`);
  assert.ok(rest + core < MOST_KB * 1000, `the plugin adds more than ${MOST_KB} kB`);
  assert.deepEqual(names.filter(name => /embedded\/(yaml|core|rest|schemas)/.test(name)), [], 'the other modules are not for forms');
});
