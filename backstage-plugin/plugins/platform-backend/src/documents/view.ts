// The documents as one caller may see them, for forms that decide in the browser: a caller's own teams and roles are whole, so that the
// decision there is the same as here; what concerns others alone is cut.
import { createHash } from 'node:crypto';
import type { Berth } from '@berth/core';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../actor';
import { Policy } from '../requests/policy';

/** What `GET /documents` answers. */
export interface DocumentsView {
  /** Of the documents that the backend decides by. */
  policyDigest: string;
  coreVersion: string;
  /** Something of the platform document was left out. */
  cut: boolean;
  platform: Record<string, unknown>;
  blueprints: Record<string, unknown>[];
}

/** A view, and the ETag of it. */
export interface TaggedView {
  etag: string;
  view: DocumentsView;
}

/** Many callers see the same: the views of one set of documents are kept. */
const kept = new WeakMap<Berth, LRUCache<string, TaggedView>>();
const MOST_KEPT = 200;

/** What the actor may see: everything with the right `seeAll`, else their own teams and roles. */
export function viewFor(berth: Berth, actor: Actor): TaggedView {
  const policy = Policy.of(berth);
  const everything = policy.seesAll(actor);
  const teams = policy.teamsOf(actor).sort();
  const claims = [...actor.groups, ...actor.roles].sort();
  const key = everything ? '' : JSON.stringify([teams, claims]);
  const views = kept.get(berth) ?? new LRUCache<string, TaggedView>({ max: MOST_KEPT });
  kept.set(berth, views);
  let tagged = views.get(key);
  if (!tagged) {
    tagged = tag(berth, everything ? undefined : { teams, claims });
    views.set(key, tagged);
  }
  return tagged;
}

function tag(berth: Berth, limits?: { teams: string[]; claims: string[] }): TaggedView {
  const { platform, blueprints } = berth.documents();
  const { policyDigest } = berth;
  const { coreVersion } = berth.decide({});
  const whole = { policyDigest, coreVersion, blueprints };
  if (!limits) {
    return { etag: `"${policyDigest}"`, view: { ...whole, cut: false, platform } };
  }
  const spec = platform.spec as Record<string, unknown>;
  const view = {
    ...whole,
    cut: true,
    platform: {
      ...platform,
      spec: { ...spec, teams: only(spec.teams, limits.teams), roles: only(spec.roles, limits.claims) },
    },
  };
  // Two callers of one policy see different things: their caches must not be mixed up.
  const digest = createHash('sha256').update(JSON.stringify(view)).digest('hex').slice(0, 16);
  return { etag: `"${policyDigest};view=${digest}"`, view };
}

function only(entries: unknown, names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entries ?? {}).filter(([name]) => names.includes(name)));
}
