// The same form in a software template: the wizard goes on only with what the policy allows, and the page of the task shows the request
// as it is, not as done.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { freshName, picture, startBrowser } from './lib/portal.mjs';

const browser = await startBrowser(after);
const TEMPLATE = '/create/templates/default/namespace';

async function fill(page, name, environment) {
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('radio', { name: new RegExp(`^${environment}`) }).check();
}

async function create(page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.waitForURL(/\/create\/tasks\/.+/);
}

describe('the software template', () => {
  it('goes on only when the request may be made', async () => {
    const page = await browser.visit({ as: 'ada', path: TEMPLATE });
    await fill(page, 'Payments_Checkout', 'Development');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByText('does not match').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Create', exact: true }).count(), 0);
    await picture(page, 'template');
    await page.leave();
  });

  it('shows the request live on the page of the task', async () => {
    const page = await browser.visit({ as: 'ada', path: TEMPLATE });
    await fill(page, freshName('task'), 'Development');
    await create(page);
    await page.getByRole('link', { name: 'Open the request' }).waitFor();
    await page.getByText(/is ready$/).first().waitFor();
    await picture(page, 'task');
    await page.leave();
  });

  it('says that a request waits, where one might take a tick for done', async () => {
    const page = await browser.visit({ as: 'ada', path: TEMPLATE });
    await fill(page, freshName('task-live'), 'Production');
    await create(page);
    await page.getByText('Waiting for approval').first().waitFor();
    await page.getByText('Nothing has been made yet').waitFor();
    await picture(page, 'task-waiting');
    await page.leave();
  });
});
