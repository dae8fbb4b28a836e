// The policy as people read it.
import { screen } from '@testing-library/react';
import type { PlatformApi } from '../api';
import { embeddedDocuments } from '../form/__testUtils__/fakePlatform';
import { answerOf, renderPage, violationsIn } from '../__testUtils__/renderPage';
import { PolicyPage } from './PolicyPage';

const FINDINGS = {
  findings: [
    { code: 'rule-never-fires', severity: 'note' as const, pointer: '/spec/rules/2', message: 'the rule `mesh-is-off` is switched off by the platform document' },
  ],
  coverage: [],
  policyDigest: 'sha256:1',
  coreVersion: '0.1.0',
};

const path = '/platform/policy';
const show = (api: Partial<PlatformApi>, as: 'ada' | 'grace' = 'grace') => renderPage(<PolicyPage />, api, { path, as });

describe('the policy page', () => {
  it('shows the documents in words, what the check finds, and the figures', async () => {
    const summary = async () => ({
      requests: [{ status: 'completed' as const, count: 1204 }],
      leadTime: { days: 30, count: 7, median: 9, p90: 7200 },
      teams: [{ team: 'payments', namespaces: 3, monthly: 70500, budget: 400000 }],
      currency: 'USD',
    });
    const { container } = show({ summary, findings: async () => FINDINGS });
    expect(await screen.findByText('1,204')).toBeVisible();
    expect(screen.getByText(/9 s for half of them, 2 h or less for nine of ten/)).toBeVisible();
    expect(screen.getByText('$705.00 of $4,000.00 a month')).toBeVisible();
    expect(await screen.findByText(/is switched off by the platform document/)).toBeVisible();
    expect(screen.getByText('Production namespaces need at least the small tier.')).toBeVisible();
    expect(screen.getByText(/12 namespaces, \$4,000.00 a month/)).toBeVisible();
    expect(await violationsIn(container)).toEqual([]);
  });

  it('shows a developer what concerns them, without the figures of others', async () => {
    const denied = await answerOf(403, 'NotAllowedError', '`user:default/ada` does not see the requests of all teams');
    const cut = { ...embeddedDocuments().documents, cut: true };
    show({ summary: async () => Promise.reject(denied), documents: async () => cut }, 'ada');
    expect(await screen.findByRole('heading', { name: 'Your teams' })).toBeVisible();
    expect(screen.queryByText('Cost by team')).not.toBeInTheDocument();
    expect(screen.queryByText('What policy check finds')).not.toBeInTheDocument();
  });

  it('says how long things stay in each environment, also where only the longest time is written', async () => {
    const { documents } = embeddedDocuments();
    const spec = documents.platform.spec as { environments: Record<string, object> };
    const environments = Object.fromEntries(
      Object.entries(spec.environments).map(([name, environment]) => {
        const lifetime = { development: { default: 30, maximum: 90 }, staging: { maximum: 60 } }[name];
        return [name, { ...environment, ...(lifetime && { lifetime }) }];
      }),
    );
    const platform = { ...documents.platform, spec: { ...spec, environments } };
    show({ documents: async () => ({ ...documents, platform }) });
    expect(await screen.findByText('Stays 30 days unless the request says otherwise, 90 at most')).toBeVisible();
    expect(screen.getByText('Stays 60 days unless the request says otherwise, 60 at most')).toBeVisible();
    expect(screen.getByText('Stays until it is given back')).toBeVisible();
  });
});
