// The namespaces of a team, on its page in the catalog.
import type { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import type { PlatformApi } from '../api';
import { answerOf, renderPage, violationsIn } from '../__testUtils__/renderPage';
import { aNamespace } from '../__testUtils__/samples';
import { TeamNamespacesCard } from './TeamNamespacesCard';

const group: Entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Group', metadata: { name: 'payments' }, spec: {} };
const component = (owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'checkout-web' }, spec: {}, relations: [{ type: 'ownedBy', targetRef: owner }],
});
const having: Partial<PlatformApi> = {
  usage: async team => ({ team, namespaces: { limit: 12, used: 2, left: 10 }, monthly: { budget: 400000, used: 36000, left: 364000 }, currency: 'USD' }),
  namespaces: async () => ({ items: [aNamespace()] }),
};
const show = (entity: Entity, api = having) =>
  renderPage(<EntityProvider entity={entity}><TeamNamespacesCard /></EntityProvider>, api, { path: '/catalog' });

describe('the card with the namespaces of a team', () => {
  it('stands on the page of the group, with what is used of its limits', async () => {
    const { container } = show(group);
    expect(await screen.findByText('2 of 12')).toBeVisible();
    expect(screen.getByText('$360.00 of $4,000.00')).toBeVisible();
    expect(screen.getByRole('link', { name: 'payments-checkout' })).toHaveAttribute('href', '/platform/namespaces/main/payments-checkout');
    expect(await violationsIn(container)).toEqual([]);
  });

  it('stands on the page of what the group owns', async () => {
    const usage = jest.fn(having.usage);
    show(component('group:default/payments'), { ...having, usage });
    expect(await screen.findByText('2 of 12')).toBeVisible();
    expect(usage).toHaveBeenCalledWith('payments');
  });

  it('says so where a person is the owner', async () => {
    show(component('user:default/ada'));
    expect(await screen.findByText(/No group owns it/)).toBeVisible();
  });

  it('says to others who sees it', async () => {
    const denied = await answerOf(403, 'NotAllowedError', '`user:default/carol` is not in the team `payments`');
    show(group, { ...having, usage: async () => Promise.reject(denied) });
    expect(await screen.findByRole('alert')).toHaveTextContent('seen by its members and by the platform team');
  });
});
