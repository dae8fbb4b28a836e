// Every page at both widths, light and dark; and a list of more requests than anybody reads.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertAccessible, assertFits, freshName, picture, startBrowser } from './lib/portal.mjs';
import { standing } from './lib/standing.mjs';

const browser = await startBrowser(after);

describe('5,000 requests', () => {
  it('open at once, and scroll to the last', async () => {
    const page = await browser.visit({ as: 'ada', path: '/platform/namespaces' });
    await page.locator('main').getByRole('heading', { level: 2, name: 'Namespaces' }).waitFor();
    // Backstage's chunks are there by now; what is measured is ours.
    const opened = Date.now();
    await page.route('**/api/platform/requests?**', route => route.fulfill({ json: pageOf(new URL(route.request().url()).searchParams) }));
    await page.getByRole('tab', { name: 'Requests' }).or(page.getByRole('link', { name: 'Requests' })).first().click();
    await page.getByRole('link', { name: 'payments-0', exact: true }).waitFor();
    console.log(`requests page with 5,000 requests: ${Date.now() - opened} ms`);
    const last = page.getByRole('link', { name: 'payments-4999', exact: true });
    for (let scrolls = 0; (await last.count()) === 0; scrolls += 1) {
      assert.ok(scrolls < 200, 'the end was not reached');
      await page.mouse.move(640, 600);
      await page.mouse.wheel(0, 20_000);
      await page.waitForFunction(() => document.querySelectorAll('[role="row"]').length > 1);
    }
    assert.ok((await page.getByRole('row').count()) < 100);
    await page.leave();
  });
});

describe('every page', () => {
  let name;
  let requestId;
  before(async () => {
    ({ name, requestId } = await standing(freshName('seen')));
  });

  for (const width of [1280, 390]) {
    for (const scheme of ['light', 'dark']) {
      it(`fits and reads well at ${width} pixels, ${scheme}`, async () => {
        const pages = ['requests', `requests/${requestId}`, 'approvals', 'namespaces', `namespaces/main/${name}`, `namespaces/main/${name}/change`, 'namespaces/adopt', 'policy'];
        for (const path of pages) {
          const page = await browser.visit({ as: 'heidi', path: `/platform/${path}`, width, scheme });
          await page.locator('main').getByRole('heading', { level: 2 }).waitFor();
          await page.waitForFunction(() => !document.querySelector('main [role="status"][aria-label]'));
          await assertFits(page);
          await assertAccessible(page);
          const picked = path.includes('/main/') ? path.split('/').at(-1).replace(name, 'namespace') : path.replace(`/${requestId}`, '-one').replace('/', '-');
          await picture(page, `${picked}-${width}-${scheme}`, { height: 1600 });
          await page.leave();
        }
      });
    }
  }
});

/** A page of 5,000 requests, as the API would give it. */
function pageOf(query) {
  const begin = Number(query.get('cursor') ?? 0);
  const end = Math.min(5_000, begin + Number(query.get('limit') ?? 50));
  const items = Array.from({ length: end - begin }, (_, at) => requestAt(begin + at));
  return { items, ...(end < 5_000 && { nextCursor: String(end) }) };
}

function requestAt(at) {
  const moment = new Date(Date.UTC(2026, 10, 23) - at * 60_000).toISOString();
  return {
    requestId: `r-${at}`, workflowId: null, blueprint: 'namespace', kind: 'create', cluster: 'main', name: `payments-${at}`, team: 'payments',
    environment: 'development', parameters: {}, requester: { ref: 'user:default/ada', kind: 'user' }, status: 'completed', rollback: 'none', attempt: 1,
    version: 1, planDigest: 'sha256:1', policyDigest: 'sha256:1', coreVersion: '0.1.0', monthlyCost: 10000, currency: 'USD',
    approval: { required: false, requirements: [] }, approvals: [], createdAt: moment, updatedAt: moment,
  };
}
