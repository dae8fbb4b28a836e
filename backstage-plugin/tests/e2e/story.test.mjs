// The way of a request, by the people of the demo: asked for, followed to its end, approved by somebody else, stopped, failed.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertAccessible, freshName, picture, startBrowser } from './lib/portal.mjs';

const browser = await startBrowser(after);

/** Fills the form in and sends it; gives the address of the request's page. */
async function ask(page, name, environment) {
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('radio', { name: new RegExp(`^${environment}`) }).check();
  await page.getByText('The server says: this name is free.').waitFor();
  await page.getByRole('button', { name: /^(Request it|Send for approval)$/ }).click();
  await page.waitForURL(/\/platform\/requests\/.+/);
  return new URL(page.url()).pathname;
}

describe('a request', () => {
  it('is asked for and followed to its end, within a minute of opening the portal', async () => {
    const page = await browser.visit({});
    const opened = Date.now();
    await page.getByRole('button', { name: 'Enter as Ada' }).click();
    await page.getByRole('link', { name: 'New request' }).first().click();
    await ask(page, freshName('first'), 'Development');
    await page.getByRole('list', { name: 'Steps' }).getByRole('button').first().waitFor();
    await picture(page, 'request-running');
    await page.getByText(/is ready$/).first().waitFor();
    const seconds = (Date.now() - opened) / 1000;
    console.log(`time to the first namespace: ${seconds.toFixed(1)} s`);
    await page.getByText('kubectl describe quota').waitFor();
    await picture(page, 'request-done');
    await page.leave();
  });

  it('to production waits, and is approved by somebody else', async () => {
    const ada = await browser.visit({ as: 'ada', path: '/platform/new' });
    await ada.getByRole('radio', { name: /^Large/ }).check();
    await ada.getByRole('checkbox', { name: /^Reachable from outside/ }).check();
    const path = await ask(ada, freshName('live'), 'Production');
    await ada.getByText('Waiting for approval').first().waitFor();
    assert.equal(await ada.getByRole('button', { name: 'Approve' }).count(), 0);
    await ada.getByRole('button', { name: 'Remind them' }).click();
    await ada.getByRole('dialog').getByLabel('A word to them').fill('The sale starts on Friday');
    await ada.getByRole('dialog').getByRole('button', { name: 'Remind them' }).click();
    await ada.getByText('asked the approvers to look').waitFor();

    const grace = await browser.visit({ as: 'grace', path, scheme: 'dark' });
    await grace.getByText('This waits for your answer').waitFor();
    await grace.getByText('Size: Large').waitFor();
    await picture(grace, 'approval', { height: 1180 });
    await grace.getByRole('button', { name: 'Approve', exact: true }).click();
    await grace.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await grace.getByText(/is ready$/).first().waitFor();
    await ada.getByText(/is ready$/).first().waitFor();
    await ada.leave();
    await grace.leave();
  });

  it('is changed by its requester as its approver has asked, and approved then', async () => {
    const ada = await browser.visit({ as: 'ada', path: '/platform/new' });
    await ada.getByRole('radio', { name: /^Large/ }).check();
    const path = await ask(ada, freshName('smaller'), 'Production');

    const grace = await browser.visit({ as: 'grace', path });
    await grace.getByText(/^Compared with the team’s/).waitFor();
    await grace.getByRole('button', { name: 'Ask for changes' }).click();
    await grace.getByRole('dialog').getByLabel(/What should be different/).fill('Small will do for a start');
    await grace.getByRole('dialog').getByRole('button', { name: 'Ask for changes' }).click();

    await ada.getByText('Small will do for a start').first().waitFor();
    await ada.getByRole('link', { name: 'Change the request' }).click();
    await ada.getByRole('radio', { name: /^Small/ }).check();
    await assertAccessible(ada);
    await picture(ada, 'revise');
    await ada.getByRole('button', { name: 'Send for approval' }).click();
    await ada.getByText('changed what is asked for').waitFor();

    await grace.getByRole('button', { name: 'Show the new plan' }).click();
    await grace.getByRole('button', { name: 'Approve', exact: true }).click();
    await grace.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await grace.getByText(/is ready$/).first().waitFor();
    await ada.leave();
    await grace.leave();
  });

  it('is not approved by who asked for it', async () => {
    const page = await browser.visit({ as: 'heidi', path: '/platform/new' });
    await page.getByLabel(/^Team/).fill('platform');
    await ask(page, freshName('own'), 'Production');
    await page.getByText('Waiting for approval').first().waitFor();
    await page.getByText(/yourself|your own|somebody else/i).first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0);
    await page.leave();
  });

  it('is stopped while it runs, and what was made is taken back', async () => {
    const page = await browser.visit({ as: 'ada', path: '/platform/new' });
    await ask(page, freshName('stopped'), 'Development');
    await page.getByRole('button', { name: 'Cancel the request' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the request' }).click();
    await page.getByText(/^Cancelled$/).first().waitFor();
    await page.leave();
  });

  it('that failed says where and why, and that nothing is left', async () => {
    const page = await browser.visit({ as: 'ada', path: '/platform/requests' });
    await page.getByText('payments-reports').first().click();
    await page.getByText(/^It failed at/).waitFor();
    await page.getByText('Nothing of payments-reports is left', { exact: false }).waitFor();
    await picture(page, 'request-failed');
    await page.leave();
  });
});
