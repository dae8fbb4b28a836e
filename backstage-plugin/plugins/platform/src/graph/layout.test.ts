// Where the steps of a graph are drawn.
import { aPlan, someProgress } from '../__testUtils__/samples';
import { graphOf } from './graphOf';
import { layoutOf } from './layout';

const step = (id: string, after: string[] = []) => ({ ...aPlan().steps[0], id, title: id, after });
const plan = { steps: [step('namespace'), step('quotas', ['namespace']), step('rbac', ['namespace'])] };
const ids = ['guard', 'namespace', 'quotas', 'rbac', 'verify', 'verify-quotas', 'main', 'release-1'];
const steps = ids.map(id => ({ ...someProgress().steps[0], id }));

describe('the graph of a workflow', () => {
  it('follows the plan, with the guard before and the checks behind', () => {
    const after = Object.fromEntries(graphOf(steps, plan).map(one => [one.id, one.after]));
    expect(after).toEqual({
      guard: [],
      namespace: ['guard'],
      quotas: ['namespace'],
      rbac: ['namespace'],
      verify: ['quotas', 'rbac'],
      'verify-quotas': ['quotas', 'rbac'],
      main: ['verify', 'verify-quotas'],
      'release-1': ['main'],
    });
  });

  it('can be drawn without a plan, and before anything has begun', () => {
    expect(graphOf(steps).find(one => one.id === 'rbac')?.after).toEqual(['guard']);
    expect(graphOf([], plan).map(one => one.phase)).toEqual(['Pending', 'Pending', 'Pending']);
  });

  it('counts a step from when what it waited for had ended', () => {
    const [guard, namespace] = graphOf(
      [
        { id: 'guard', phase: 'Succeeded', retries: 0, startedAt: '2026-11-23T09:00:00Z', finishedAt: '2026-11-23T09:00:04Z' },
        { id: 'namespace', phase: 'Succeeded', retries: 0, startedAt: '2026-11-23T09:00:00Z', finishedAt: '2026-11-23T09:00:05Z' },
      ],
      plan,
    );
    expect([guard.startedAt, namespace.startedAt]).toEqual(['2026-11-23T09:00:00Z', '2026-11-23T09:00:04Z']);
  });

  it.each([1200, 350])('stands apart in a frame of %i pixels', width => {
    const { steps: placed, isNarrow, width: drawn } = layoutOf(graphOf(steps, plan), width);
    expect(isNarrow).toBe(width < 700);
    expect(drawn).toBeLessThanOrEqual(width);
    const overlapping = placed.filter((a, at) => placed.some((b, other) => other > at && a.x < b.x + b.width && b.x < a.x + a.width && Math.abs(a.y - b.y) < 54));
    expect(overlapping).toEqual([]);
  });
});
