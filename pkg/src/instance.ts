// A platform and its blueprints, compiled once, and what can be asked of them. It makes texts of values and values of texts;
// the core does the rest. `Berth` in bare.ts is this class; what no form asks is in complete.ts.
import type { Engine } from './engine.js';
import { BerthError } from './error.js';
import { toJson } from './json.js';
import type {
  BerthOptions,
  DecideOptions,
  DocumentInput,
  PlanOptions,
  Renderings,
  RenderOptions,
  RequestInput,
  Target,
} from './options.js';
import { Source } from './source.js';
import type { Context, Decision, Plan } from './types/decision.js';

/** What the module calls an instance, in which of its lives. */
interface Held {
  instance: number;
  generation: number;
}

interface Loaded {
  instance: number;
  policyDigest: string;
  blueprints: string[];
}

/** A document, ready to be loaded again after a crash. */
interface DocumentText {
  isPlatform: boolean;
  name: string;
  text: string;
  /** Was it an object, so that its text has no lines that mean anything? */
  wasObject: boolean;
}

/** A request as the core takes it: its text, and the name that says how to read it; an object has none. */
export interface RequestText {
  name: string;
  text: string;
}

/**
 * What was decided last: a form asks again whenever it is drawn, mostly the same. The answer is kept as text, so that
 * everybody who asks has objects of his own.
 */
interface LastDecision extends RequestText {
  known: string;
  withOptions: boolean;
  answer: string;
}

/** Whoever forgets to call `dispose` has it called when the object is collected. */
const forgotten = new FinalizationRegistry<{ engine: Engine; held: Held }>(({ engine, held }) =>
  engine.dispose(held.instance, held.generation),
);

/** The documents, and what can be asked of them. */
export abstract class Instance {
  /** Hash of the documents: decisions with the same digest come from the same policy. */
  readonly policyDigest: string;
  /** The names of the blueprints, in alphabetical order. */
  readonly blueprints: readonly string[];
  readonly #engine: Engine;
  readonly #extension: string;
  readonly #documents: readonly DocumentText[];
  readonly #ownBlueprints: boolean;
  #held: Held | undefined;
  #last: LastDecision | undefined;

  /**
   * @param engine - the module
   * @param extension - how a text without a name is read: `.json` or `.yaml`
   */
  protected constructor(engine: Engine, extension: string, { platform, blueprints }: BerthOptions) {
    this.#engine = engine;
    this.#extension = extension;
    this.#ownBlueprints = blueprints !== undefined;
    const documents = (blueprints ?? []).map((blueprint, index) =>
      this.#document(false, blueprint, blueprints?.length === 1 ? 'blueprint' : `blueprints/${index}`),
    );
    if (platform !== undefined) documents.unshift(this.#document(true, platform, 'platform'));
    this.#documents = documents;
    const { instance, policyDigest, blueprints: names } = this.#load();
    this.policyDigest = policyDigest;
    this.blueprints = names;
    this.#held = { instance, generation: engine.generation };
    forgotten.register(this, { engine, held: this.#held }, this);
  }

  /**
   * Judges a request: may it be carried out, what does it cost, who must say yes?
   *
   * @param request - flat parameters of a namespace, `{ blueprint, parameters }`, or either of them as a {@link Source}
   * @param context - what is known besides; what is left out is not judged
   * @returns the Decision; whatever is wrong with the request are violations of it
   * @throws BerthError `not-json`, `not-whole` and others, when the request or the context can't be read
   */
  decide(request: RequestInput, context?: Context, options: DecideOptions = {}): Decision {
    const { name, text } = this.request(request);
    const known = context === undefined ? '' : toJson(context, 'context');
    const instance = this.#instance();
    const withOptions = options.options === true;
    const last = this.#last;
    if (last?.text === text && last.known === known && last.withOptions === withOptions && last.name === name) {
      return JSON.parse(last.answer) as Decision;
    }
    const answer = this.#engine.call('decide', [instance], [name, text, known], [withOptions]);
    this.#last = { name, text, known, withOptions, answer };
    return JSON.parse(answer) as Decision;
  }

  /**
   * What a valid request will create or change, in which order and why. What stands (`context.current`) makes it a change or an
   * adoption; freezing and deleting are asked for by `kind`, with the parameters as they stand.
   *
   * @throws BerthError `invalid-request` with the `decision`, when the request is not valid
   */
  plan(request: RequestInput, options: PlanOptions = {}): Plan {
    const { name, text } = this.request(request);
    const given = toJson(options, 'options');
    return JSON.parse(this.#engine.call('plan', [this.#instance()], [name, text, given])) as Plan;
  }

  /**
   * Renders a valid request: as an Argo Workflow, or as plain manifests. The same input gives the same bytes.
   *
   * @throws BerthError `invalid-request` with the `decision`, when the request is not valid; `too-large` when Argo could not
   *   start it; `invalid-argument`
   */
  render<T extends Target>(request: RequestInput, options: RenderOptions<T>): Renderings[T] {
    return JSON.parse(this.#render(request, options, false)) as Renderings[T];
  }

  /**
   * As {@link Instance.render}, as YAML; `manifests` become one document each.
   *
   * @throws BerthError as {@link Instance.render}
   */
  renderYaml(request: RequestInput, options: RenderOptions): string {
    return this.#render(request, options, true);
  }

  /** Frees the memory of the documents. Nothing can be asked afterwards. */
  dispose(): void {
    if (this.#held === undefined) return;
    forgotten.unregister(this);
    this.#engine.dispose(this.#held.instance, this.#held.generation);
    this.#held = undefined;
    this.#last = undefined;
  }

  /** A request as the core takes it. */
  protected request(request: RequestInput): RequestText {
    if (request instanceof Source) return { name: request.name ?? `request${this.#extension}`, text: request.text };
    return { name: '', text: toJson(request, 'request') };
  }

  /** Asks the core something else than what stands here. */
  protected call(name: Parameters<Engine['call']>[0], texts: readonly string[]): string {
    return this.#engine.call(name, [this.#instance()], texts);
  }

  #render(request: RequestInput, options: RenderOptions, asYaml: boolean): string {
    const { name, text } = this.request(request);
    return this.#engine.call('render', [this.#instance()], [name, text, toJson(options, 'options')], [asYaml]);
  }

  #document(isPlatform: boolean, given: DocumentInput, title: string): DocumentText {
    if (given instanceof Source) {
      return { isPlatform, name: given.name ?? `${title}${this.#extension}`, text: given.text, wasObject: false };
    }
    if (typeof given === 'string') {
      return { isPlatform, name: `${title}${this.#extension}`, text: given, wasObject: false };
    }
    return { isPlatform, name: `${title}.json`, text: toJson(given, `document ${title}`), wasObject: true };
  }

  #load(): Loaded {
    for (const { isPlatform, wasObject, name, text } of this.#documents) {
      this.#engine.call('add_document', [isPlatform, wasObject], [name, text]);
    }
    return JSON.parse(this.#engine.call('load', [this.#ownBlueprints], [])) as Loaded;
  }

  /** The number of the instance; loads it anew when the module has crashed since. */
  #instance(): number {
    if (this.#held === undefined) {
      throw new BerthError({
        code: 'disposed',
        message: 'this `Berth` was disposed of',
        hint: 'make another one, or call `dispose` later',
      });
    }
    if (this.#held.generation !== this.#engine.generation) {
      this.#held.instance = this.#load().instance;
      this.#held.generation = this.#engine.generation;
    }
    return this.#held.instance;
  }
}
