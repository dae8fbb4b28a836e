/** What a team holds, and what it may. */
import { isFresh } from '../inventory/model';
import type { RequestEnvironment } from './environment';
import { Policy } from './policy';

/** Of one team; money in minor units a month. What is over the limit, after that was lowered, is not less than nothing. */
export interface TeamUsage {
  team: string;
  namespaces: { limit: number; used: number; left: number };
  monthly: { budget: number; used: number; left: number };
  currency: string;
  /** How many requests of the team are under way. */
  openRequests: number;
  /** `cluster`: what is counted is compared with what stands, on every cluster. */
  source: 'cluster' | 'tables';
}

/** All that holds a name counts, also what still waits for an approval. */
export async function usageOf(env: RequestEnvironment, team: string): Promise<TeamUsage> {
  const policy = Policy.of(env.berth());
  const limits = policy.limitsOf(team);
  const used = await env.stores.teams.usage(team);
  const left = (limit: number, taken: number) => Math.max(0, limit - taken);
  return {
    team,
    namespaces: {
      limit: limits.namespaces,
      used: used.namespaces,
      left: left(limits.namespaces, used.namespaces),
    },
    monthly: {
      budget: limits.monthlyBudget,
      used: used.monthlyCost,
      left: left(limits.monthlyBudget, used.monthlyCost),
    },
    currency: policy.currency,
    openRequests: await env.stores.requests.countOpenOf(team),
    source: await sourceOf(env, policy),
  };
}

async function sourceOf(env: RequestEnvironment, policy: Policy): Promise<TeamUsage['source']> {
  const states = await env.stores.observations.states();
  const now = env.now();
  const isKnown = (cluster: string) => states.some(state => state.cluster === cluster && isFresh(state, now));
  return policy.clusters.every(isKnown) ? 'cluster' : 'tables';
}
