/** What the platform document and the configuration of Argo must agree on. */
import { checkWorkflowSettings } from './checkWorkflowSettings';

const argo = {
  defaultInstance: 'main',
  instances: [{ name: 'main', baseUrl: 'http://argo:2746', namespace: 'berth-workflows', timeoutMs: 30_000 }],
};
const check = (settings: { workflowNamespace?: string; workflowTtlSeconds?: number }, leaseMs = 60_000) =>
  checkWorkflowSettings({ workflowNamespace: 'berth-workflows', workflowTtlSeconds: 86_400, ...settings }, argo, leaseMs);

describe('checkWorkflowSettings', () => {
  it('is content with a day', () => {
    expect(() => check({})).not.toThrow();
  });

  it('wants Workflows to be kept for a day, and longer than any lease', () => {
    expect(() => check({ workflowTtlSeconds: 86_399 })).toThrow('`workflow.ttlSeconds` of the platform document is 86399');
    expect(() => check({}, 90_000_000)).toThrow('at least 90000 seconds');
  });

  it('wants one namespace in both places', () => {
    expect(() => check({ workflowNamespace: 'argo' })).toThrow('is `berth-workflows`, while');
  });
});
