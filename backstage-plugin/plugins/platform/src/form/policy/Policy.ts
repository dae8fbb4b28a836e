// The documents, compiled by the core, and who asks. What may be asked for is decided by the core alone; this only hands over what is
// known, and looks up what a form has to draw.
import type { Berth, Context, Decision, Plan, Requester } from '@berth/core/bare';
import type { Documents } from '../../api';
import type { Core } from '../core';
import type { Blueprint } from '../model/fields';
import { placeOf } from '../model/paths';

/** Parameters as a form has them. */
export type Parameters = Record<string, unknown>;

/** What the server knows, as far as it has answered. */
export type Known = Pick<Context, 'usage' | 'nameTaken'>;

/** What a preview is rendered with instead of a request's id. */
const PREVIEW_ID = 'assigned-on-submit';

export class Policy {
  /** Of the documents that the server decides by. */
  readonly digest: string;
  readonly blueprints: readonly Blueprint[];
  readonly requester: Requester;
  readonly #berth: Berth;
  readonly #documents: Documents;

  /** @throws BerthError when the documents or the WebAssembly can't be used */
  constructor(core: Core, documents: Documents, requester: Requester) {
    this.#documents = documents;
    this.#berth = new core.Berth({ platform: documents.platform, blueprints: documents.blueprints });
    this.digest = documents.policyDigest;
    this.blueprints = documents.blueprints as unknown as Blueprint[];
    this.requester = requester;
    // The module starts with the first call: better now than while somebody types.
    this.#berth.decide({ blueprint: this.blueprints[0]?.metadata.name, parameters: {} });
  }

  blueprint(name: string): Blueprint | undefined {
    return this.blueprints.find(({ metadata }) => metadata.name === name);
  }

  /** Judges; with every option's state, unless they aren't wanted. */
  decide(blueprint: string, parameters: Parameters, known: Known = {}, options = true): Decision {
    return this.#berth.decide({ blueprint, parameters }, this.#context(known), { options });
  }

  /** @throws BerthError when the request is not valid */
  plan(blueprint: string, parameters: Parameters): Plan {
    return this.#berth.plan({ blueprint, parameters }, { context: this.#context({}) });
  }

  /** @throws BerthError when the request is not valid */
  renderYaml(blueprint: string, parameters: Parameters, target: 'workflow' | 'manifests'): string {
    const context = this.#context({});
    return this.#berth.renderYaml({ blueprint, parameters }, { target, requestId: PREVIEW_ID, now: context.now, context });
  }

  /** The teams that the requester may ask for, as far as they are known here; the core is asked about each. */
  teams(blueprint: Blueprint): { name: string; title?: string }[] {
    const { team } = blueprint.spec.scope;
    const { teams = {} } = this.#documents.platform.spec as { teams?: Record<string, { title?: string }> };
    const ofGroups = (this.requester.groups ?? []).flatMap(ref => /^group:default\/(.+)$/.exec(ref)?.[1] ?? []);
    const names = [...new Set([...Object.keys(teams), ...ofGroups])].sort();
    return names.filter(name => this.#mayAskFor(blueprint, team, name)).map(name => ({ name, title: teams[name]?.title }));
  }

  /** Frees the memory of the documents. */
  dispose(): void {
    this.#berth.dispose();
  }

  #mayAskFor(blueprint: Blueprint, field: string, team: string): boolean {
    const { violations } = this.decide(blueprint.metadata.name, { [field]: team }, {}, false);
    return !violations.some(({ path }) => placeOf(path).field === field);
  }

  #context(known: Known): Context & { now: string } {
    return { ...known, requester: this.requester, now: new Date().toISOString() };
  }
}
