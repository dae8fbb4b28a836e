/** What people are told about a request, and what they can do next: as plain text, since nothing sets it as code, here or in mails. */
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import { isAboutStanding, type Notification, type NotificationTopic, type RequestKind, type StoredRequest } from '../requests/model';

/** Money as people read it: `200.00 USD` for 20000 in minor units. */
export type FormatMoney = (minorUnits: number, currency: string) => string;

/** A title, and a text that ends with what to do. */
export interface Words {
  title: string;
  text: string;
  severity?: NotificationPayload['severity'];
}

type Write = (request: StoredRequest, notification: Notification, formatMoney: FormatMoney) => Words;

/** What a request of a kind asks for, and what is done by it. */
const DEEDS: Record<RequestKind, { asked: string; done: string }> = {
  create: { asked: 'asks for it', done: 'made' },
  change: { asked: 'asks to change it', done: 'changed' },
  delete: { asked: 'asks to delete it', done: 'deleted' },
  freeze: { asked: 'asks to freeze it, and to delete it later,', done: 'frozen' },
  adopt: { asked: 'asks to take it over', done: 'taken over' },
};

const WORDS: Record<NotificationTopic, Write> = {
  'approval-needed': (request, _, formatMoney) => ({
    title: `${capitalised(thing(request))} waits for your approval`,
    text: `${wanted(request, formatMoney)} ${reasons(request)}Read the plan, then approve it, reject it or ask for changes.`,
    severity: 'high',
  }),
  'approval-reminder': (request, _, formatMoney) => ({
    title: `${capitalised(thing(request))} still waits for your approval`,
    text: `${wanted(request, formatMoney)} The request lapses on ${day(request.expiresAt)}: approve it, reject it or ask for changes before.`,
    severity: 'high',
  }),
  'approval-nudge': (request, { actorRef, comment }, formatMoney) => ({
    title: `${capitalised(thing(request))} still waits for your approval`,
    text: `${capitalised(person(actorRef))} asks you to look at it${comment ? `: ${sentence(comment)}` : '.'} ${wanted(request, formatMoney)} Approve it, reject it or ask for changes.`,
    severity: 'high',
  }),
  approved: request => ({
    title: `${capitalised(thing(request))} is approved`,
    text: `It is being ${DEEDS[request.kind].done} now. You are told when it is ready.`,
  }),
  'changes-asked': (request, { actorRef, comment }) => ({
    title: `Changes are wanted before ${thing(request)} can be approved`,
    text: `${capitalised(person(actorRef))} asks: ${comment ?? 'see the request'}. Change your request, it then waits for an approval again.`,
    severity: 'high',
  }),
  rejected: (request, { actorRef, comment }) => ({
    title: `${capitalised(thing(request))} was rejected`,
    text: `${capitalised(person(actorRef))} said: ${comment ?? 'nothing'}. Talk to them, or make another request.`,
    severity: 'high',
  }),
  expired: request => ({
    title: `Nobody approved ${thing(request)} in time`,
    text: 'The request has lapsed and its name is free again. Ask an approver first, then make another request.',
    severity: 'high',
  }),
  completed: request => ({
    title: `${capitalised(thing(request))} is ${isAboutStanding(request.kind) ? DEEDS[request.kind].done : 'ready'}`,
    text:
      request.kind === 'delete'
        ? 'It is gone from its cluster. Its name, its place and its budget are free again.'
        : `It stands on the cluster ${request.cluster} for the team ${request.team}. The request shows what was made.`,
  }),
  failed: request => ({
    title: `${capitalised(thing(request))} could not be ${DEEDS[request.kind].done}`,
    text: `${sentence(request.error?.message.replaceAll('`', '') ?? 'Nobody knows why')} ${left(request)}`,
    severity: 'high',
  }),
  drifted: (request, { comment }) => ({
    title: `${capitalised(thing(request))} is not as it was made`,
    text: `Somebody changed it in the cluster: ${comment ?? 'see the namespace'}. Look at the differences, then repair it, or ask for a change.`,
  }),
  expiring: (request, { comment }) => ({
    title: `The time of ${thing(request)} ends on ${day(comment)}`,
    text: 'Then it is frozen, and deleted after a grace period. If you still need it, extend it.',
    severity: 'high',
  }),
  frozen: (request, { comment }) => ({
    title: `${capitalised(thing(request))} is frozen`,
    text: `Nothing new starts in it, and it is deleted on ${day(comment)}. If you still need it, restore it before.`,
    severity: 'high',
  }),
  vanished: request => ({
    title: `${capitalised(thing(request))} was deleted by hand`,
    text: 'It is no longer in the cluster. Its name, its place and its budget are free again.',
    severity: 'high',
  }),
  cancelled: (request, { actorRef, comment }) => ({
    title: `${capitalised(thing(request))} is cancelled`,
    text: `${capitalised(person(actorRef))} cancelled the request${comment ? `: ${comment}` : ''}. ${left(request)}`,
  }),
};

/** The words for a notification. */
export function wordsOf(notification: Notification, request: StoredRequest, formatMoney: FormatMoney): Words {
  return WORDS[notification.topic](request, notification, formatMoney);
}

/** Such as `the namespace payments-checkout in production`. */
function thing({ blueprint, name, environment }: StoredRequest): string {
  return `the ${blueprint} ${name} in ${environment}`;
}

function wanted({ kind, requester, team, monthlyCost, currency }: StoredRequest, formatMoney: FormatMoney): string {
  return `${capitalised(person(requester.linkedRef ?? requester.ref))} ${DEEDS[kind].asked} for the team ${team}; it costs ${formatMoney(monthlyCost, currency)} a month.`;
}

/** `ada` for `user:default/ada`; who is of another namespace, or no entity, keeps what tells them apart. */
function person(ref: string): string {
  return ref === 'system' ? 'Berth' : ref.replace(/^(user:(default\/)?|external:|service:)/, '');
}

function reasons({ approval }: StoredRequest): string {
  const told = approval.requirements.map(requirement => requirement.reason).filter(Boolean);
  return told.length > 0 ? `Why: ${told.join('; ')}. ` : '';
}

/** What is left of it, and so what to do. */
function left({ kind, status, rollback, holdsName }: StoredRequest): string {
  if (isAboutStanding(kind)) {
    return 'The namespace stands; what was done already stays done. Look at it, then try again, or repair it.';
  }
  if (rollback === 'running') {
    return 'What was made already is being deleted.';
  }
  if (rollback === 'failed' || holdsName) {
    return 'Something of it may still stand, so its name stays taken: ask the platform team to look.';
  }
  return status === 'failed' ? 'Nothing of it is left. Try it again, or make another request.' : 'Nothing of it is left.';
}

function day(time?: string): string {
  return time?.slice(0, 10) ?? 'a day soon';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? capitalised(text) : `${capitalised(text)}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
