// Which step follows which. The plan knows it for what is made; around that Berth's workflows have a guard before, checks and the
// release behind, which the plan doesn't list.
import type { RequestProgress } from '@berth/plugin-platform-common';
import type { RequestPlan } from '../api';

type Step = RequestProgress['steps'][number];

export interface GraphStep extends Omit<Step, 'phase'> {
  phase: string;
  title: string;
  after: string[];
}

/** Steps of the workflow that no plan lists. */
const TITLES: Record<string, string> = {
  guard: 'The name is free',
  main: 'Hand over',
  gone: 'Wait until it is gone',
  verify: 'Check all',
  release: 'Release',
};

/**
 * @param steps - as Argo has them; none before it began, then those of the plan are awaited
 * @param plan - none when today's documents don't allow the request any more; then all steps follow the first
 */
export function graphOf(steps: readonly Step[], plan?: Pick<RequestPlan, 'steps'>): GraphStep[] {
  const planned = new Map(plan?.steps.map(step => [step.id, step]));
  const known: Step[] = steps.length > 0 ? [...steps] : [...planned.keys()].map(id => ({ id, phase: 'Pending', retries: 0 }));
  const ids = known.map(step => step.id);
  const first = ids.includes('guard') ? ['guard'] : [];
  const isLate = (id: string) => !planned.has(id) && /^(verify|release|main$)/.test(id);
  const made = ids.filter(id => !isLate(id) && id !== 'guard');
  const needed = new Set([...planned.values()].flatMap(step => step.after));
  const ends = made.filter(id => !needed.has(id));
  const checks = ids.filter(id => isLate(id) && id.startsWith('verify'));
  const lastOf = (...groups: string[][]) => groups.find(group => group.length > 0) ?? first;

  const after = (id: string): string[] => {
    if (id === 'guard') {
      return [];
    }
    if (!isLate(id)) {
      const wanted = planned.get(id)?.after.filter(other => ids.includes(other)) ?? [];
      return wanted.length > 0 ? wanted : first;
    }
    if (id.startsWith('release')) {
      return ['main'];
    }
    return id === 'main' ? lastOf(checks, ends) : lastOf(ends);
  };

  const byId = new Map(known.map(step => [step.id, step]));
  return known.map(step => {
    const waitedFor = after(step.id);
    const begun = beginningOf(step, waitedFor.flatMap(id => byId.get(id) ?? []));
    return { ...step, ...(begun && { startedAt: begun }), title: titleOf(step.id, planned), after: waitedFor };
  });
}

/** Argo counts all containers of a pod from the start of the pod; a step begins when the last that it waits for has ended. */
function beginningOf({ startedAt }: Step, waitedFor: Step[]): string | undefined {
  return startedAt && [startedAt, ...waitedFor.flatMap(step => step.finishedAt ?? [])].reduce((a, b) => (Date.parse(a) < Date.parse(b) ? b : a));
}

function titleOf(id: string, planned: Map<string, { title: string }>): string {
  const [, checked] = /^verify-(.+)$/.exec(id) ?? [];
  if (checked) {
    return `Check: ${planned.get(checked)?.title ?? checked}`;
  }
  const known = Object.entries(TITLES).find(([name]) => id === name || id.startsWith(`${name}-`))?.[1];
  return planned.get(id)?.title ?? known ?? id[0].toUpperCase() + id.slice(1).replaceAll('-', ' ');
}
