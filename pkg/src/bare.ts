// `@berth/core/bare`: for pages that get their documents from a server, and ask what forms ask. Its module has no embedded documents and is
// built for size alone; index.ts is for everybody else.
import { bare } from './embedded/bare.js';
import { Engine } from './engine.js';
import { Instance } from './instance.js';
import type { OwnDocuments } from './options.js';

export * from './error.js';
export type * from './options.js';
export { Source } from './source.js';
export type * from './types/decision.js';
export type * from './types/namespace-request.js';
export type * from './types/workflow.js';

const engine = new Engine({ main: bare });

/**
 * A platform and its blueprints, compiled once. It judges, plans and renders as the `Berth` of `@berth/core` does; drift, JSON Schemas
 * and the documents themselves are asked of that one.
 *
 * @example
 * ```ts
 * const { platform, blueprints } = await (await fetch('/api/platform/documents')).json();
 * const berth = new Berth({ platform, blueprints });
 * const { valid, violations } = berth.decide({ namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' });
 * ```
 */
export class Berth extends Instance {
  /**
   * @param documents - all of them: there are no embedded ones here
   * @throws BerthError `invalid-document`, with everything that is wrong in `errors`
   */
  constructor(documents: OwnDocuments) {
    super(engine, '.json', documents);
  }
}
