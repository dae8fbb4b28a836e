// What the types must know, and what they must refuse. It is compiled, never run.
import { Berth, decide, plan, render, renderYaml, type Decision, type Plan, type Violation, type Workflow } from '@berth/core';
import { Berth as BareBerth } from '@berth/core/bare';

const request = { namespaceName: 'payments-checkout', team: 'payments', environment: 'production' } as const;
const identity = { requestId: 'req-1', now: '2026-01-01T00:00:00Z' };

export const decision: Decision = decide(request);
export const violations: Violation[] = decision.violations;
export const monthly: number = decision.cost.monthly;
export const planned: Plan = plan(request, identity);
export const workflow: Workflow = render(request, { target: 'workflow', ...identity });
export const items: object[] = render(request, { target: 'manifests', ...identity }).items;
export const yaml: string = renderYaml(request, { target: 'workflow-ref', ...identity });
export const own: Berth = new Berth({ blueprints: [{ kind: 'Blueprint' }] });
export const bare: BareBerth = new BareBerth(own.documents());
// Whoever takes the one takes the other.
export const either: typeof BareBerth = Berth;

// @ts-expect-error there is no such target
render(request, { target: 'workfow', ...identity });
// @ts-expect-error nothing is taken from a clock
render(request, { target: 'workflow', requestId: 'req-1' });
// @ts-expect-error manifests are a List, not a Workflow
export const other: Workflow = render(request, { target: 'manifests', ...identity });
// @ts-expect-error it is called `valid`
export const valid: boolean = decision.isValid;
// @ts-expect-error a number is no request
decide(7);
// @ts-expect-error it has no documents of its own
new BareBerth();
// @ts-expect-error what only servers ask is asked of `@berth/core`
bare.schema('request');
