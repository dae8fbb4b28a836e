// What the states of a request are called on pages, by its kind, and what they mean for who looks at them.
import type { RequestDetail, RequestStatus } from '@berth/plugin-platform-common';
import type { Tone } from '../parts';

type Kind = RequestDetail['kind'] | 'adopt';

/** What a request of this kind does, as verb: now, and when it is done. */
const DOING: Record<Kind, [now: string, done: string, noun: string]> = {
  create: ['Being created', 'Ready', 'New namespace'],
  change: ['Being changed', 'Changed', 'Change'],
  delete: ['Being removed', 'Removed', 'Decommission'],
  freeze: ['Being frozen', 'Frozen', 'Freeze'],
  adopt: ['Being adopted', 'Adopted', 'Adoption'],
};

/** What a request is for. */
export function kindWords(kind: Kind): string {
  return DOING[kind][2];
}

/** May its requester still change what is asked for? */
export function isRevisable({ status, kind }: Pick<RequestDetail, 'status' | 'kind'>): boolean {
  return status === 'pending-approval' && (kind === 'create' || kind === 'change');
}

/** The state in two words, and how it looks. */
export function statusWords({ status, kind, rollback }: Pick<RequestDetail, 'status' | 'kind' | 'rollback'>): { tone: Tone; text: string } {
  const [now, done] = DOING[kind];
  const words: Record<RequestStatus, { tone: Tone; text: string }> = {
    'pending-approval': { tone: 'waiting', text: 'Waiting for approval' },
    queued: { tone: 'busy', text: 'Queued' },
    provisioning: rollback === 'running' ? { tone: 'busy', text: 'Rolling back' } : { tone: 'busy', text: now },
    completed: { tone: 'good', text: done },
    failed: { tone: 'bad', text: rollback === 'running' ? 'Failed, rolling back' : 'Failed' },
    rejected: { tone: 'stopped', text: 'Rejected' },
    cancelled: { tone: 'stopped', text: rollback === 'running' ? 'Cancelled, rolling back' : 'Cancelled' },
  };
  return words[status];
}

/** The filter's choices, in the order of a request's life. */
export const STATUS_CHOICES: { value: RequestStatus; label: string }[] = [
  { value: 'pending-approval', label: 'Waiting for approval' },
  { value: 'queued', label: 'Queued' },
  { value: 'provisioning', label: 'In progress' },
  { value: 'completed', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'rejected', label: 'Rejected' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** What the rollback has left, in plain words; nothing when there was none to speak of. */
export function rollbackWords({ status, rollback, name, kind }: Pick<RequestDetail, 'status' | 'rollback' | 'name' | 'kind'>): string | undefined {
  if (kind !== 'create') {
    return status === 'failed' ? `The namespace ${name} still stands; what was changed so far stays. Its page shows how it differs.` : undefined;
  }
  switch (rollback) {
    case 'running':
      return 'What was made so far is being taken back.';
    case 'done':
      return `What was made so far was taken back. Nothing of ${name} is left, and the name is free again.`;
    case 'failed':
      return `Taking back what was made did not work: something of ${name} is left in the cluster, so the name stays taken. Try again, or tell the platform team.`;
    default:
      return status === 'failed' ? 'Nothing was made, so there is nothing to take back.' : undefined;
  }
}

/** What happened, as the audit trail says it after a name: `Ada approved it`. */
export const ACTION_WORDS: Record<string, string> = {
  submitted: 'asked for it',
  'approval-given': 'approved it; more approvals are needed',
  approved: 'approved it',
  'plan-changed': 'found that the plan has changed; earlier approvals don’t count any more',
  'changes-asked': 'asked for changes',
  resubmitted: 'changed what is asked for',
  reminded: 'reminded the approvers',
  nudged: 'asked the approvers to look',
  rejected: 'rejected it',
  expired: 'ended it: nobody approved it in time',
  cancelled: 'cancelled it',
  'cancel-asked': 'asked to stop it',
  started: 'handed it to Argo',
  'refused-by-argo': 'was refused by Argo',
  'rollback-started': 'began to take back what was made',
  'rollback-ended': 'ended the rollback',
  succeeded: 'finished it',
  failed: 'saw it fail',
  stopped: 'stopped it',
  'never-started': 'gave it up: its workflow never started',
  lost: 'lost its workflow',
  retried: 'tried it again',
  changed: 'changed the namespace',
  frozen: 'froze the namespace',
  restored: 'restored the namespace',
  released: 'gave the namespace back',
  vanished: 'found the namespace deleted by hand',
};
