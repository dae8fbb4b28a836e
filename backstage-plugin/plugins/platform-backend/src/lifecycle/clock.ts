/**
 * What happens to what stands because time passes: owners are warned, what has expired is frozen, and what was frozen long enough is
 * deleted. It goes by the tables alone, never by a pattern of names; each step looks again inside its own transaction, so that two
 * clocks, or an extension in the same moment, do no harm.
 */
import type { Actor } from '../actor/Actor';
import type { RequestEnvironment } from '../requests/environment';
import type { RequestKind, RequestPurpose } from '../requests/model';
import { Policy } from '../requests/policy';
import { storeRequest } from '../requests/submit';
import type { Work } from '../requests/Work';
import type { StoredNamespace } from './model';
import { ownersOf } from './owners';
import { standingBy } from './settle';

/** Who the clock is. */
const CLOCK: Actor = { ref: 'system', kind: 'service', groups: [], roles: [] };
/** How many are looked at in one go. */
const BATCH = 100;
const DAY = 24 * 60 * 60 * 1000;

/** What one round has done. */
export interface Ticked {
  warned: number;
  frozen: number;
  deleted: number;
}

/** One round; every few minutes. */
export async function tick(env: RequestEnvironment): Promise<Ticked> {
  await takeOver(env);
  const now = env.now().toISOString();
  const { namespaces } = env.stores;
  const warnDays = Policy.of(env.berth()).warnDays;
  const ending = await namespaces.ending(env.after(Math.max(0, ...warnDays) * DAY), BATCH);
  const ticked: Ticked = { warned: 0, frozen: 0, deleted: 0 };
  for (const { requestId } of ending) {
    ticked.warned += await warn(env, requestId, warnDays);
    ticked.frozen += await ask(env, requestId, 'freeze', 'expiry', isOver);
  }
  for (const { requestId } of await namespaces.toDelete(now, BATCH)) {
    ticked.deleted += await ask(env, requestId, 'delete', 'grace-over', isGraceOver);
  }
  return ticked;
}

/** What an older release beside this one has completed is not written down as standing yet. */
async function takeOver(env: RequestEnvironment): Promise<void> {
  for (const id of await env.stores.namespaces.missing(BATCH)) {
    await env.commit(async work => {
      const request = await work.stores.requests.lock(id);
      if (request.status === 'completed' && request.holdsName && (await work.stores.namespaces.find(id)) === undefined) {
        await work.stores.namespaces.put(standingBy(env.berth(), request, work.at));
      }
    });
  }
}

/** Warns the owners, once for each of the days before each end. */
async function warn(env: RequestEnvironment, requestId: string, warnDays: readonly number[]): Promise<number> {
  return env.commit(async work => {
    const standing = await work.stores.namespaces.lock(requestId);
    const key = standing && warningOf(standing, warnDays, work.at);
    if (standing === undefined || key === undefined || standing.warned === key) {
      return 0;
    }
    await work.stores.namespaces.put({ ...standing, warned: key });
    const origin = await work.stores.requests.get(requestId);
    await work.tell(origin, 'expiring', { to: ownersOf(env.berth(), standing), comment: standing.expiresAt });
    return 1;
  });
}

/** The nearest warning that is due: of which end, and how many days before. */
function warningOf({ state, expiresAt }: StoredNamespace, warnDays: readonly number[], now: string): string | undefined {
  if (state !== 'standing' || expiresAt === undefined || expiresAt <= now) {
    return undefined;
  }
  const left = (Date.parse(expiresAt) - Date.parse(now)) / DAY;
  const due = warnDays.filter(days => left <= days);
  return due.length === 0 ? undefined : `${expiresAt}/${Math.min(...due)}`;
}

function isOver({ state, expiresAt }: StoredNamespace, now: string): boolean {
  return state === 'standing' && expiresAt !== undefined && expiresAt <= now;
}

function isGraceOver({ state, deleteAt }: StoredNamespace, now: string): boolean {
  return state === 'frozen' && deleteAt !== undefined && deleteAt <= now;
}

/** Asks for something, if it is still due and nothing else is under way: an extension or a restore goes first. */
async function ask(
  env: RequestEnvironment,
  originId: string,
  kind: RequestKind,
  purpose: RequestPurpose,
  isDue: (standing: StoredNamespace, now: string) => boolean,
): Promise<number> {
  return env.commit(async work => {
    const standing = await work.stores.namespaces.lock(originId);
    if (standing === undefined || !isDue(standing, work.at) || (await mustWait(work, originId, purpose))) {
      return 0;
    }
    const { blueprint, parameters } = standing;
    await storeRequest(env, work, { kind, purpose, originId, requester: CLOCK, blueprint, parameters }, env.newId());
    return 1;
  });
}

/** While something is under way; and for a day when the last try failed, since somebody must look at it. */
async function mustWait(work: Work, originId: string, purpose: RequestPurpose): Promise<boolean> {
  if ((await work.stores.requests.openAbout(originId)) !== undefined) {
    return true;
  }
  const last = await work.stores.requests.lastAbout(originId);
  const hasFailed = last?.purpose === purpose && last.status === 'failed';
  return hasFailed && Date.parse(work.at) - Date.parse(last.finishedAt ?? work.at) < DAY;
}
