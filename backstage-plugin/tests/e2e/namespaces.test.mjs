// A namespace that stands: changed, frozen and restored, and given back, by whom it belongs to.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertAccessible, freshName, picture, startBrowser, url } from './lib/portal.mjs';
import { standing } from './lib/standing.mjs';

const browser = await startBrowser(after);

describe('a namespace that stands', () => {
  // One life, from test to test: a team may have only so many.
  let name;
  before(async () => {
    ({ name } = await standing(freshName('life')));
  });

  /** What the request's page says aloud; the word alone stands there before it is true. */
  const ended = (page, word) => page.getByText(`${name}: ${word}`, { exact: true }).waitFor({ state: 'attached' });

  it('is changed, after one has seen what the change does', async () => {
    const page = await browser.visit({ as: 'ada', path: `/platform/namespaces/main/${name}` });
    await page.getByRole('link', { name: 'Change', exact: true }).click();
    await page.getByText('Nothing is changed yet.').waitFor();
    await page.getByRole('radio', { name: /^Medium/ }).check();
    await page.getByText('$200.00', { exact: true }).last().waitFor();
    await page.getByText('/spec/hard/pods').waitFor();
    await assertAccessible(page);
    await picture(page, 'change');
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.waitForURL(/\/platform\/requests\/.+/);
    await ended(page, 'Changed');
    await page.leave();
  });

  it('is frozen, and restored before it is deleted', async () => {
    const page = await browser.visit({ as: 'ada', path: `/platform/namespaces/main/${name}` });
    await page.getByRole('button', { name: 'Freeze' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('7 days').waitFor();
    await assertAccessible(page, '[role="dialog"]');
    await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
    await dialog.getByRole('button', { name: 'Freeze' }).click();
    await page.waitForURL(/\/platform\/requests\/.+/);
    await ended(page, 'Frozen');
    await page.goto(`${url}/platform/namespaces/main/${name}`);
    await page.getByText('until then it can be restored').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await dialog.getByRole('button', { name: 'Restore' }).click();
    await page.waitForURL(/\/platform\/requests\/.+/);
    await ended(page, 'Changed');
    await page.leave();
  });

  it('is given back only when its name is typed once more', async () => {
    const page = await browser.visit({ as: 'ada', path: `/platform/namespaces/main/${name}` });
    await page.getByRole('button', { name: 'Decommission' }).click();
    const dialog = page.getByRole('dialog');
    const button = dialog.getByRole('button', { name: 'Decommission' });
    assert.equal(await button.isDisabled(), true);
    await dialog.getByLabel(`Type ${name} to confirm`).fill(name);
    await button.click();
    await page.waitForURL(/\/platform\/requests\/.+/);
    await ended(page, 'Removed');
    await page.leave();
  });
});
