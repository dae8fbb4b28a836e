// The page that asks for something, with the real core behind it and a server that a test can turn.
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { renderInTestApp, TestApiProvider } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { platformApiRef } from '../api';
import { ADA, asPlatformApi, fakePlatform } from './__testUtils__/fakePlatform';
import { NewRequestPage } from './NewRequestPage';

jest.mock('./core', () => ({ loadCore: async () => jest.requireActual('@berth/core/bare') }));

function show(platform = fakePlatform(), address = '/') {
  const identity = { getBackstageIdentity: async () => ADA } as unknown as typeof identityApiRef.T;
  renderInTestApp(
    <TestApiProvider
      apis={[
        [platformApiRef, asPlatformApi(platform)],
        [identityApiRef, identity],
      ]}
    >
      <NewRequestPage />
    </TestApiProvider>,
    { initialRouteEntries: [address] },
  );
}

async function open(platform = fakePlatform()) {
  show(platform);
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  return { platform, name, user: userEvent.setup() };
}

describe('the page that asks for something new', () => {
  it('judges while one types, and takes what it suggests', async () => {
    const { name, user } = await open();
    await user.type(name, 'Payments_Checkout');
    expect(name).toHaveAccessibleDescription(/does not match/);
    await user.click(screen.getByRole('button', { name: 'Use payments-checkout' }));
    expect(name).toHaveValue('payments-checkout');
    expect(name).not.toHaveAccessibleDescription(/does not match/);
  });

  it('bars what a rule forbids, with the rule as the reason', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('radio', { name: /^Production/ }));
    const micro = screen.getByRole('radio', { name: /^Micro/ });
    expect(micro).toHaveAttribute('aria-disabled', 'true');
    expect(micro).toHaveAccessibleDescription('Production namespaces need at least the small tier.');
    await user.click(micro);
    expect(micro).not.toBeChecked();
  });

  it('bars what is beyond the budget, once the server has said what the team uses', async () => {
    await open(fakePlatform({ used: 395_000 }));
    await waitFor(() => expect(screen.getByRole('checkbox', { name: /^GPU/ })).toHaveAccessibleDescription(/exceeds the budget/));
  });

  it('asks the server whether the name is free, and marks its answer', async () => {
    const { name, user, platform } = await open(fakePlatform({ taken: ['payments-api'] }));
    await user.click(screen.getByRole('radio', { name: /^Staging/ }));
    await user.type(name, 'payments-api');
    expect(await screen.findByText(/is taken/)).toBeInTheDocument();
    await user.type(name, '-2');
    expect(await screen.findByText('The server says: this name is free.')).toBeInTheDocument();
    // It is asked when the keyboard rests, not at every key.
    expect(platform.validate.mock.calls.length).toBeLessThan(5);
  });

  it('sends nothing that is not complete, and names what is missing', async () => {
    const { name, user, platform } = await open();
    await user.click(screen.getByRole('button', { name: 'Request it' }));
    expect(platform.submit).not.toHaveBeenCalled();
    expect(name).toHaveFocus();
    expect(name).toHaveAccessibleDescription(/is missing/);
  });

  it('sends one request however often the button is pressed', async () => {
    const { name, user, platform } = await open();
    await user.type(name, 'payments-checkout');
    await user.click(screen.getByRole('radio', { name: /^Development/ }));
    await user.dblClick(screen.getByRole('button', { name: 'Request it' }));
    await waitFor(() => expect(platform.submit).toHaveBeenCalled());
    const keys = new Set(platform.submit.mock.calls.map((call: unknown[]) => call[2]));
    expect(keys.size).toBe(1);
  });

  it('leads on to what is offered when an address asks for something else', async () => {
    show(fakePlatform(), '/?blueprint=castle');
    expect(await screen.findByText('Nobody offers castle')).toBeVisible();
    await userEvent.click(screen.getByRole('link', { name: 'Kubernetes namespace' }));
    expect(await screen.findByRole('textbox', { name: /^Name/ })).toBeVisible();
  });

  it('can be used with a screen reader', async () => {
    const { name, user } = await open();
    await user.type(name, 'Payments');
    const { violations } = await axe.run(screen.getByRole('main'), { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html}`))).toEqual([]);
    expect(within(screen.getByRole('region', { name: 'What the platform says' })).getByRole('status')).toBeInTheDocument();
  });
});
