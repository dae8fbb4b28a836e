// The pages of namespaces: what stands, changes, giving back.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import type { PlatformApi } from '../api';
import { renderPage, violationsIn } from '../__testUtils__/renderPage';
import { aNamespace, aPlan } from '../__testUtils__/samples';
import { NamespacesRouter } from './NamespacesRouter';

const path = '/platform/namespaces/*';
const at = '/platform/namespaces/main/payments-checkout';
const submitted = {
  requestId: 'end-1', kind: 'delete' as const, workflowId: null, status: 'queued' as const, replayed: false, planDigest: 'sha256:4', approval: { required: false, requirements: [] },
};
const usage = { 'requests.cpu': { used: '3500m', hard: '4' }, 'requests.memory': { used: '2Gi', hard: '8Gi' }, pods: { used: '7', hard: '20' } };
const drift = [{ object: { apiVersion: 'v1', kind: 'ResourceQuota', name: 'compute-quota' }, path: '/spec/hard/pods', want: '20', have: '99' }];

const show = (api: Partial<PlatformApi>, address = at) => renderPage(<NamespacesRouter />, api, { path, at: address });

describe('namespaces that stand', () => {
  it('are listed with usage against the quota, cost, and what is to be known of them', async () => {
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
    const items = [aNamespace({ usage, drift }), aNamespace({ name: 'payments-ledger', environment: 'staging', expiresAt: soon }), aNamespace({ name: 'payments-old', state: 'gone' })];
    const { container } = show({ namespaces: async () => ({ items }) }, '/platform/namespaces');
    expect(await screen.findByText('2 namespaces, $520.00 a month.')).toBeVisible();
    expect(screen.getByRole('meter', { name: 'CPU' })).toHaveAttribute('aria-valuenow', '3.5');
    expect(screen.getByText('1 drift')).toBeVisible();
    expect(screen.getByText('Expires in 3 days')).toBeVisible();
    expect(screen.queryByText('payments-old')).not.toBeInTheDocument();
    expect(await violationsIn(container)).toEqual([]);
  });

  it('say on their page how the cluster differs, and are repaired on request', async () => {
    const repairNamespace = jest.fn(async () => submitted);
    const { container } = show({ namespace: async () => aNamespace({ usage, drift }), repairNamespace });
    expect(await screen.findByText('/spec/hard/pods')).toBeVisible();
    expect(await violationsIn(container)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Repair' }));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Repair' }));
    await waitFor(() => expect(repairNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }));
  });

  it('go only when their name is typed once more', async () => {
    const decommissionNamespace = jest.fn(async () => submitted);
    show({ namespace: async () => aNamespace(), planNamespace: async () => aPlan(), decommissionNamespace });
    fireEvent.click(await screen.findByRole('button', { name: 'Decommission' }));
    const dialog = await screen.findByRole('dialog');
    const button = within(dialog).getByRole('button', { name: 'Decommission' });
    expect(button).toBeDisabled();
    fireEvent.change(within(dialog).getByLabelText('Type payments-checkout to confirm'), { target: { value: 'payments-checkout' } });
    fireEvent.click(button);
    await waitFor(() => expect(decommissionNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }, 'payments-checkout'));
  });

  it('are frozen when their name is typed once more, after one has seen for how long and who must agree', async () => {
    const decommissionNamespace = jest.fn(async () => ({ ...submitted, kind: 'freeze' as const }));
    const requirements = [{ id: 'environment.production', by: ['group:default/platform-admins'], count: 1, reason: 'a second person looks at it' }];
    const planNamespace = jest.fn(async () => aPlan({ approval: { required: true, requirements } }));
    show({ namespace: async () => aNamespace(), planNamespace, decommissionNamespace });
    fireEvent.click(await screen.findByRole('button', { name: 'Freeze' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('7 days')).toBeVisible();
    expect(await within(dialog).findByText(/must agree: a second person looks at it/)).toBeVisible();
    expect(planNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }, { freeze: true });
    expect(await violationsIn(dialog)).toEqual([]);
    const button = within(dialog).getByRole('button', { name: 'Freeze' });
    expect(button).toBeDisabled();
    fireEvent.change(within(dialog).getByLabelText('Type payments-checkout to confirm'), { target: { value: 'payments-checkout' } });
    fireEvent.click(button);
    await waitFor(() => expect(decommissionNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }, 'payments-checkout', true));
  });

  it('are restored while they are frozen, and not changed or frozen again', async () => {
    const restoreNamespace = jest.fn(async () => ({ ...submitted, kind: 'change' as const }));
    const deleteAt = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const { container } = show({ namespace: async () => aNamespace({ state: 'frozen', deleteAt, drift }), restoreNamespace });
    expect(await screen.findByText(/until then it can be restored/)).toBeVisible();
    for (const name of ['Freeze', 'Repair', 'Extend']) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    }
    expect(screen.queryByRole('link', { name: 'Change' })).not.toBeInTheDocument();
    expect(await violationsIn(container)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Restore' }));
    const dialog = await screen.findByRole('dialog');
    expect(await violationsIn(dialog)).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(restoreNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }));
  });

  it('come back only with another end when they are frozen because their time was over', async () => {
    const expiresAt = new Date(Date.now() - 86_400_000).toISOString();
    const deleteAt = new Date(Date.now() + 6 * 86_400_000).toISOString();
    show({ namespace: async () => aNamespace({ state: 'frozen', expiresAt, deleteAt }) });
    expect(await screen.findByText(/until then an extension brings it back/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Extend' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Restore' })).not.toBeInTheDocument();
  });

  it('say what holds them while they are being removed', async () => {
    show({ namespace: async () => aNamespace({ state: 'terminating', heldBy: 'finalizers kubernetes; databases.example.com/protect in 1 resource instances' }) });
    expect(await screen.findByText(/It is held by finalizers kubernetes; databases.example.com/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Decommission' })).not.toBeInTheDocument();
  });

  it('are changed by what was seen: the plan of exactly that change', async () => {
    const changes = [{ step: 'quotas', apiVersion: 'v1', kind: 'ResourceQuota', name: 'compute-quota', change: 'changed' as const, fields: [{ path: '/spec/hard/pods', from: '20', to: '50' }] }];
    const planNamespace = jest.fn(async () => ({ ...aPlan({ cost: { currency: 'USD', decimals: 2, monthly: 46000, lines: [] } }), changes }));
    const changeNamespace = jest.fn(async () => ({ ...submitted, kind: 'change' as const }));
    const { container } = show({ namespace: async () => aNamespace(), planNamespace, changeNamespace }, `${at}/change`);
    expect(await screen.findByText('Nothing is changed yet.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Change it' })).toBeDisabled();

    fireEvent.click(screen.getByRole('radio', { name: /Large/ }));
    expect(await screen.findByText('$460.00')).toBeVisible();
    expect(screen.getByText('/spec/hard/pods')).toBeVisible();
    expect(planNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }, { resourceTier: 'large' });
    expect(await violationsIn(container)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Change it' }));
    await waitFor(() => expect(changeNamespace).toHaveBeenCalledWith({ cluster: 'main', name: 'payments-checkout' }, { resourceTier: 'large' }));
  });

  it('say at its field what is wrong with a change, and send nothing', async () => {
    const planNamespace = jest.fn(async () => aPlan());
    show({ namespace: async () => aNamespace(), planNamespace }, `${at}/change`);
    const center = await screen.findByRole('textbox', { name: /^Cost center/ });
    fireEvent.change(center, { target: { value: 'CC-'.repeat(20) } });
    expect(await screen.findByText(/as soon as what is marked is settled/)).toBeVisible();
    expect(center).toBeInvalid();
    fireEvent.click(screen.getByRole('button', { name: 'Change it' }));
    expect(center).toHaveFocus();
    expect(planNamespace).not.toHaveBeenCalled();
  });

  it('of the cluster that no request has made are shown to the platform team, with a way to adopt them', async () => {
    const unmanaged = [{ name: 'payments-legacy', cluster: 'main', team: 'payments', environment: 'staging', seenAt: '2026-11-23T12:00:00Z' }];
    const { container } = show({ namespaces: async () => ({ items: [aNamespace()], unmanaged }) }, '/platform/namespaces');
    const link = await screen.findByRole('link', { name: 'Adopt payments-legacy' });
    expect(link).toHaveAttribute('href', '/platform/namespaces/adopt?name=payments-legacy&team=payments&environment=staging');
    expect(await screen.findByRole('link', { name: 'Adopt a namespace' })).toBeVisible();
    expect(await violationsIn(container)).toEqual([]);
  });

  it('are adopted after one has seen what that changes, with somebody else’s yes', async () => {
    const changes = [{ step: 'quotas', apiVersion: 'v1', kind: 'ResourceQuota', name: 'compute-quota', change: 'changed' as const, fields: [{ path: '/spec/hard/pods', from: '100', to: '10' }] }];
    const requirements = [{ id: 'adopt', by: ['group:default/platform-admins'], count: 1, reason: 'it was made without Berth' }];
    const planAdoption = jest.fn(async () => ({ ...aPlan({ approval: { required: true, requirements } }), changes }));
    const adoptNamespace = jest.fn(async () => ({ ...submitted, kind: 'adopt' as const }));
    const facts = { usage: async () => Promise.reject(new Error('not asked here')), validate: async () => Promise.reject(new Error('not asked here')) };
    const { container } = show({ ...facts, planAdoption, adoptNamespace }, '/platform/namespaces/adopt?name=payments-legacy&team=payments&environment=staging');
    expect(await screen.findByText('/spec/hard/pods')).toBeVisible();
    expect(screen.getByText(/must agree: it was made without Berth/)).toBeVisible();
    const parameters = expect.objectContaining({ namespaceName: 'payments-legacy', team: 'payments', environment: 'staging', resourceTier: 'small' });
    expect(planAdoption).toHaveBeenCalledWith('payments-legacy', parameters);
    expect(await violationsIn(container)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Ask to adopt it' }));
    await waitFor(() => expect(adoptNamespace).toHaveBeenCalledWith('payments-legacy', parameters, expect.any(String)));
  });

  it('are left alone while something about them is under way', async () => {
    show({ namespace: async () => aNamespace({ openRequests: [{ requestId: 'change-1', kind: 'change', status: 'pending-approval' }] }) });
    expect(await screen.findByText('Something waits for an approval')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open the request' })).toHaveAttribute('href', '/platform/requests/change-1');
    expect(screen.queryByRole('button', { name: 'Decommission' })).not.toBeInTheDocument();
  });
});
