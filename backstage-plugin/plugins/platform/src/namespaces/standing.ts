// What a namespace that stands is like, as pages speak of it: state, usage, drift, expiry.
import type { StandingNamespace } from '../api';
import type { Tone } from '../parts';

/** A note beside the name of a namespace. */
export interface Note {
  tone: Tone;
  text: string;
  title?: string;
}

const DAY = 86_400_000;
/** From so many days on the end of a namespace is said in a colour. */
const SOON_DAYS = 14;

const STATES: Record<Exclude<StandingNamespace['state'], 'standing'>, Note> = {
  frozen: { tone: 'stopped', text: 'Frozen', title: 'Its quota is 0: nothing new starts. It can still be restored.' },
  terminating: { tone: 'busy', text: 'Being removed' },
  missing: { tone: 'bad', text: 'Gone from the cluster', title: 'Somebody has deleted it by hand.' },
  gone: { tone: 'stopped', text: 'Removed' },
};

/** What is to be said besides that it stands, the worst first. */
export function notesOf(namespace: StandingNamespace, now = Date.now()): Note[] {
  const { state, expiresAt, openRequests, drift = [] } = namespace;
  const notes: Note[] = state === 'standing' ? [] : [STATES[state]];
  if (drift.length > 0) {
    notes.push({ tone: 'warning', text: drift.length === 1 ? '1 drift' : `${drift.length} drifts`, title: 'The cluster differs from what was approved.' });
  }
  if (expiresAt) {
    const days = Math.ceil((Date.parse(expiresAt) - now) / DAY);
    if (days <= SOON_DAYS) {
      notes.push({ tone: 'warning', text: days > 0 ? `Expires in ${days} ${days === 1 ? 'day' : 'days'}` : 'Expired' });
    }
  }
  if (openRequests.length > 0) {
    const [{ status }] = openRequests;
    notes.push({ tone: status === 'pending-approval' ? 'waiting' : 'busy', text: status === 'pending-approval' ? 'Change awaits approval' : 'Change under way' });
  }
  return notes;
}

/** One resource of a quota; amounts in the base unit. */
export interface UsageLine {
  resource: string;
  used: number;
  hard: number;
  /** As Kubernetes writes them. */
  words: string;
}

const RESOURCES: [key: string, label: string][] = [
  ['requests.cpu', 'CPU'],
  ['cpu', 'CPU'],
  ['requests.memory', 'Memory'],
  ['memory', 'Memory'],
  ['requests.storage', 'Storage'],
  ['storage', 'Storage'],
  ['pods', 'Pods'],
  ['services', 'Services'],
  ['persistentvolumeclaims', 'Volumes'],
];

/** What is used of the quota, of what people plan by; nothing where the cluster was not asked. */
export function usageOf({ usage }: StandingNamespace): UsageLine[] {
  const lines = RESOURCES.flatMap(([key, resource]) => {
    const found = usage?.[key];
    return found ? [{ resource, used: quantity(found.used), hard: quantity(found.hard), words: `${found.used} of ${found.hard}` }] : [];
  });
  return lines.filter((line, index) => lines.findIndex(other => other.resource === line.resource) === index);
}

const UNITS: Record<string, number> = {
  n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
};

/** A quantity of Kubernetes, such as `500m` or `4Gi`, for bars. */
function quantity(text: string): number {
  const [, digits, unit] = /^([0-9.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return digits === undefined ? 0 : Number(digits) * (UNITS[unit] ?? 1);
}
