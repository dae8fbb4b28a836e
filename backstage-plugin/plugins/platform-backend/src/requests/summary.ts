/** Figures over all requests and teams, for those who look after the platform. */
import type { RequestStatus } from './model';
import type { RequestEnvironment } from './environment';
import { Policy } from './policy';

/** Money in minor units a month, times in seconds. */
export interface Summary {
  /** Requests of all time. */
  requests: { status: RequestStatus; count: number }[];
  /** From asking to ready, of what was created within `days`; without figures when nothing was. */
  leadTime: { days: number; count: number; median?: number; p90?: number };
  /** What each team holds, the dearest first. */
  teams: { team: string; namespaces: number; monthly: number; budget: number }[];
  currency: string;
}

const DAYS = 30;
/** The newest of them are enough to say how long it takes. */
const MOST_TIMES = 5_000;

export async function summaryOf(env: RequestEnvironment): Promise<Summary> {
  const policy = Policy.of(env.berth());
  const since = new Date(env.now().getTime() - DAYS * 86_400_000).toISOString();
  const [requests, times, held] = await Promise.all([
    env.stores.requests.countAll(),
    env.stores.requests.leadTimes(since, MOST_TIMES),
    env.stores.teams.all(),
  ]);
  times.sort((a, b) => a - b);
  const teams = held.map(({ team, namespaces, monthlyCost }) => ({
    team,
    namespaces,
    monthly: monthlyCost,
    budget: policy.limitsOf(team).monthlyBudget,
  }));
  return {
    requests,
    leadTime: { days: DAYS, count: times.length, ...(times.length > 0 && { median: quantile(times, 0.5), p90: quantile(times, 0.9) }) },
    teams: teams.sort((a, b) => b.monthly - a.monthly || a.team.localeCompare(b.team)),
    currency: policy.currency,
  };
}

/** The least of sorted times that this share of them doesn't exceed. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
