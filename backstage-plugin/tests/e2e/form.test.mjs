// Asking for something: answers while one types, what can't be chosen, what would be created, and what happens without WebAssembly.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { assertAccessible, assertFits, freshName, picture, startBrowser } from './lib/portal.mjs';

const browser = await startBrowser(after);
const NEW = '/platform/new';

/** The form, with its first field. */
async function openForm(options = {}) {
  const page = await browser.visit({ as: 'ada', path: NEW, ...options });
  const name = page.getByRole('textbox', { name: /^Name/ });
  await name.waitFor();
  return { page, name };
}

describe('the form for a namespace', () => {
  it('answers every keystroke, and one click takes what it suggests', async () => {
    const { page, name } = await openForm();
    await name.pressSequentially('Payments_Checkout');
    const field = page.locator('[data-field=namespaceName]');
    await field.getByText('does not match').waitFor();
    assert.equal(await name.getAttribute('aria-invalid'), 'true');
    const describedBy = (await name.getAttribute('aria-describedby')).split(' ');
    const described = await page.evaluate(ids => ids.map(id => document.getElementById(id)?.textContent ?? '').join(' '), describedBy);
    assert.match(described, /does not match/);
    await page.getByText(/to settle: /).first().waitFor();
    await picture(page, 'live-error');

    await field.getByRole('button', { name: 'Use payments-checkout' }).click();
    assert.equal(await name.inputValue(), 'payments-checkout');
    assert.equal(await field.getByText('does not match').count(), 0);
    await page.leave();
  });

  it('greys out what can’t be chosen, and says why', async () => {
    const { page } = await openForm();
    await page.getByRole('radio', { name: /^Production/ }).check();
    const micro = page.getByRole('radio', { name: /^Micro/ });
    await page.getByText('Production namespaces need at least the small tier.').waitFor();
    assert.equal(await micro.getAttribute('aria-disabled'), 'true');
    await micro.click({ force: true });
    assert.equal(await micro.isChecked(), false);
    assert.ok(await page.getByRole('radio', { name: /^Small/ }).isChecked());
    await micro.focus();
    assert.ok(await micro.evaluate(element => element === document.activeElement), 'a screen reader must be able to get there');
    await page.leave();
  });

  it('says who must agree, what it costs, and that the server knows the name to be free', async () => {
    const { page, name } = await openForm();
    await name.fill(freshName('live'));
    await page.getByRole('radio', { name: /^Production/ }).check();
    await page.getByRole('checkbox', { name: /^Monitors and alerts/ }).check();
    await page.getByText('$125.00').waitFor();
    await page.getByText('Budget of the team').waitFor();
    await page.getByText(/Somebody else of .* must agree first/).waitFor();
    await page.getByText('The server says: this name is free.').waitFor();
    await page.getByText('Ready to send', { exact: true }).first().waitFor();
    await assertAccessible(page);
    await name.scrollIntoViewIfNeeded();
    await picture(page, 'form', { height: 1100 });
    await page.leave();
  });

  it('says of a taken name that the server says so', async () => {
    const { page, name } = await openForm();
    await name.fill('payments-api');
    await page.getByRole('radio', { name: /^Production/ }).check();
    await page.getByText('is taken').waitFor();
    await page.leave();
  });

  it('shows the plan, the exact manifests and the workflow, to copy and to take along', async () => {
    const { page, name } = await openForm();
    await name.fill('payments-preview');
    await page.getByRole('radio', { name: /^Staging/ }).check();
    await page.getByText('ResourceQuota').waitFor();
    await page.getByRole('tab', { name: 'Manifests' }).click();
    await page.getByText('kind: ResourceQuota').waitFor();
    await picture(page, 'manifests');
    await page.getByRole('tab', { name: 'Workflow' }).click();
    await page.getByText('kind: Workflow').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()]);
    assert.equal(download.suggestedFilename(), 'workflow.yaml');
    await assertAccessible(page);
    await page.leave();
  });

  it('is filled in by its address, and by the keyboard alone', async () => {
    const parameters = JSON.stringify({ namespaceName: freshName('again'), environment: 'development', resourceTier: 'micro' });
    const { page, name } = await openForm({ path: `${NEW}?${new URLSearchParams({ blueprint: 'namespace', parameters })}` });
    assert.ok(await page.getByRole('radio', { name: /^Micro/ }).isChecked());
    await name.focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: /^Staging/ }).and(page.locator(':checked')).waitFor();
    await page.getByText('Ready to send', { exact: true }).first().waitFor();
    await name.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/platform\/requests\/.+/);
    await page.leave();
  });

  it('names what is missing when it is sent too early, and sends nothing', async () => {
    const { page, name } = await openForm();
    assert.equal(await page.getByText('is missing').count(), 0);
    await page.getByRole('button', { name: 'Request it' }).click();
    await page.getByText('is missing').first().waitFor();
    assert.ok(await name.evaluate(element => element === document.activeElement), 'the first field in question has the focus');
    assert.match(page.url(), /\/platform\/new/);
    await page.leave();
  });

  it('sends nothing when the WebAssembly does not load, and says so', async () => {
    const page = await browser.visit({
      as: 'ada',
      path: NEW,
      prepare: opened => opened.route(/berth-core\.[^/]*\.js$/, route => route.abort()),
    });
    await page.getByText('This form can’t decide').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Request it' }).count(), 0);
    await page.unroute(/berth-core\.[^/]*\.js$/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).waitFor();
    await page.leave();
  });

  for (const [title, options, image] of [
    ['on a phone', { width: 390 }, 'form-phone'],
    ['in the dark', { scheme: 'dark' }, 'form-dark'],
  ]) {
    it(`fits and can be used ${title}`, async () => {
      const { page, name } = await openForm(options);
      await name.fill('Payments');
      await page.getByRole('radio', { name: /^Production/ }).check();
      await page.getByText('does not match').waitFor();
      await assertFits(page);
      await assertAccessible(page);
      await picture(page, image);
      await page.leave();
    });
  }
});
