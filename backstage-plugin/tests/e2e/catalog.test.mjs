// Namespaces where people look for everything else: as Resources in the catalog, and on the pages of the team and of what it owns.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertAccessible, assertFits, freshName, picture, startBrowser, url } from './lib/portal.mjs';
import { standing, untilInCatalog } from './lib/standing.mjs';

const browser = await startBrowser(after);

describe('the catalog', () => {
  let name;
  before(async () => {
    ({ name } = await standing(freshName('catalog')));
    await untilInCatalog(`resource:default/main.${name}`);
  });

  it('has each namespace as a Resource of its team, with a way to its page', async () => {
    const page = await browser.visit({ as: 'ada', path: `/catalog/default/resource/main.${name}` });
    await page.getByRole('heading', { name }).first().waitFor();
    await page.getByText('kubernetes-namespace').first().waitFor();
    await picture(page, 'resource');
    const link = page.getByRole('link', { name: 'Usage, cost and changes' });
    assert.equal(await link.getAttribute('href'), `${url}/platform/namespaces/main/${name}`);
    await page.leave();
  });

  for (const [kind, path] of [['group', 'group/payments'], ['component', 'component/payments-service']]) {
    for (const width of [1280, 390]) {
      for (const scheme of ['light', 'dark']) {
        it(`shows on the page of a ${kind} what its team has, at ${width} pixels, ${scheme}`, async () => {
          const page = await browser.visit({ as: 'ada', path: `/catalog/default/${path}`, width, scheme });
          const card = page.locator('[data-card="team-namespaces"]');
          await card.getByRole('heading', { name: 'Namespaces of this team' }).waitFor();
          const link = card.getByRole('link', { name, exact: true });
          await link.waitFor();
          assert.ok(Number(await card.getByRole('meter', { name: 'Namespaces' }).getAttribute('aria-valuenow')) > 0);
          await assertFits(page);
          await assertAccessible(page, '[data-card="team-namespaces"]');
          await picture(page, `card-${kind}-${width}-${scheme}`);
          await link.click();
          await page.waitForURL(new RegExp(`/platform/namespaces/main/${name}$`));
          await page.leave();
        });
      }
    }
  }
});
