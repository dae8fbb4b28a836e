// `@berth/core`: the core for everybody who asks. Documents and requests are values or JSON text; yaml.ts is for those who write them,
// bare.ts for pages that get them from a server.
import { CompleteInstance } from './complete.js';
import { core } from './embedded/core.js';
import { rest } from './embedded/rest.js';
import { Engine } from './engine.js';
import type {
  BerthOptions,
  DecideOptions,
  DriftOptions,
  JsonSchema,
  PlanOptions,
  Renderings,
  RenderOptions,
  RequestInput,
  Target,
} from './options.js';
import type { Context, Decision, Drift, Plan } from './types/decision.js';

export * from './error.js';
export type * from './options.js';
export { Source } from './source.js';
export type * from './types/decision.js';
export type * from './types/namespace-request.js';
export type * from './types/workflow.js';

const engine = new Engine({ main: core, rest });
let embedded: Berth | undefined;

/**
 * A platform and its blueprints, compiled once; the embedded ones stand in for what is left out.
 *
 * @example
 * ```ts
 * const berth = new Berth({ platform, blueprints: [namespace] });
 * const { valid, violations } = berth.decide({ namespaceName: 'payments-checkout', team: 'payments', environment: 'staging' });
 * ```
 */
export class Berth extends CompleteInstance {
  /** @throws BerthError `invalid-document`, with everything that is wrong in `errors` */
  constructor(options: BerthOptions = {}) {
    super(engine, '.json', options);
  }
}

/** {@link Berth.decide} by the embedded documents. */
export function decide(request: RequestInput, context?: Context, options?: DecideOptions): Decision {
  return standard().decide(request, context, options);
}

/** {@link Berth.plan} by the embedded documents. */
export function plan(request: RequestInput, options?: PlanOptions): Plan {
  return standard().plan(request, options);
}

/** {@link Berth.drift} by the embedded documents. */
export function drift(request: RequestInput, options: DriftOptions): Drift {
  return standard().drift(request, options);
}

/** {@link Berth.render} by the embedded documents. */
export function render<T extends Target>(request: RequestInput, options: RenderOptions<T>): Renderings[T] {
  return standard().render(request, options);
}

/** {@link Berth.renderYaml} by the embedded documents. */
export function renderYaml(request: RequestInput, options: RenderOptions): string {
  return standard().renderYaml(request, options);
}

/** {@link Berth.schema} by the embedded documents. */
export function schema(name: string): JsonSchema {
  return standard().schema(name);
}

function standard(): Berth {
  return (embedded ??= new Berth());
}
