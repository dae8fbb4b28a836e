/** The calls of an Argo Server that Berth makes. How they travel is `connection`'s, what is read of an answer `workflow`'s. */
import type { z } from 'zod';
import { ArgoError } from './ArgoError';
import { Connection } from './connection';
import { readMessages } from './eventStream';
import type { ArgoInstance } from './readArgoConfig';
import { renderedSchema, logLineSchema, versionSchema, infoSchema } from './answers';
import { type Workflow, wantedFields, workflowEventSchema, workflowListSchema, workflowSchema } from './workflow';
import type { LogLine, StopOutcome, SubmitOutcome, WorkflowEngine, WorkflowList } from './WorkflowEngine';

/** Argo gives a sign of life every 15 seconds: after three of them left out a stream is dead. */
const STALL_MS = 45_000;

/** The labels that make a Workflow the one of an attempt at a request; their prefix is the platform's. */
const IDENTITY = /\/(request-id|attempt|spec-hash)$/;

export class ArgoClient implements WorkflowEngine {
  readonly instance: string;
  readonly namespace: string;
  readonly #connection: Connection;
  readonly #path: string;

  constructor(instance: ArgoInstance, options: { stallMs?: number } = {}) {
    this.instance = instance.name;
    this.namespace = instance.namespace;
    this.#connection = new Connection(instance, options.stallMs ?? STALL_MS);
    this.#path = `/api/v1/workflows/${encodeURIComponent(instance.namespace)}`;
  }

  async submit(workflow: string): Promise<SubmitOutcome> {
    const ours = this.#rendered(workflow);
    try {
      // The text goes as it is: what was decided on is what is submitted.
      await this.#connection.json(this.#path, { method: 'POST', body: `{"workflow":${workflow}}` });
      return 'created';
    } catch (error) {
      if (!(error instanceof ArgoError) || error.kind !== 'taken') {
        throw error;
      }
      return this.#compare(ours, error);
    }
  }

  async stop(name: string): Promise<StopOutcome> {
    const body = JSON.stringify({ namespace: this.namespace, name });
    try {
      await this.#connection.json(`${this.#pathOf(name)}/stop`, { method: 'PUT', body });
      return 'stopping';
    } catch (error) {
      if (!(error instanceof ArgoError)) {
        throw error;
      }
      if (error.kind === 'not-found') {
        return 'absent';
      }
      // A Workflow that is over can't be stopped: Argo calls that an internal error.
      if (error.kind === 'failing' && (await this.get(name))?.status.finishedAt) {
        return 'ended';
      }
      throw error;
    }
  }

  async get(name: string): Promise<Workflow | undefined> {
    try {
      const answer = await this.#connection.json(this.#pathOf(name), { query: { fields: wantedFields() } });
      return this.#read(workflowSchema, answer);
    } catch (error) {
      if (error instanceof ArgoError && error.kind === 'not-found') {
        return undefined;
      }
      throw error;
    }
  }

  async list(labelSelector: string): Promise<WorkflowList> {
    const fields = wantedFields('items.', ['metadata']);
    const query = { 'listOptions.labelSelector': labelSelector, fields };
    const { items, metadata } = this.#read(workflowListSchema, await this.#connection.json(this.#path, { query }));
    return { items, resourceVersion: metadata.resourceVersion ?? '' };
  }

  async *watch(labelSelector: string, resourceVersion: string | undefined, signal: AbortSignal) {
    const path = `/api/v1/workflow-events/${encodeURIComponent(this.namespace)}`;
    const query = {
      'listOptions.labelSelector': labelSelector,
      'listOptions.resourceVersion': resourceVersion || undefined,
      // Argo drops what is not named, errors too.
      fields: wantedFields('result.object.', ['result.type', 'error']),
    };
    for await (const message of readMessages(this.instance, this.#connection.stream(path, { query }, signal))) {
      const { type, object } = this.#read(workflowEventSchema, message);
      yield { type, workflow: object };
    }
  }

  async *logs(
    name: string,
    container: string,
    options: { follow?: boolean; signal?: AbortSignal } = {},
  ): AsyncGenerator<LogLine> {
    const query = {
      'logOptions.container': container,
      'logOptions.follow': options.follow ? 'true' : undefined,
    };
    const bytes = this.#connection.stream(`${this.#pathOf(name)}/log`, { query }, options.signal);
    for await (const message of readMessages(this.instance, bytes)) {
      yield this.#read(logLineSchema, message);
    }
  }

  /**
   * Has everything checked that can be without creating anything: names, templates, permissions, admission.
   *
   * @throws ArgoError of kind `invalid`, `refused` or `forbidden` with what is wrong
   */
  async dryRun(workflow: string): Promise<void> {
    const options = '"serverDryRun":true,"createOptions":{"dryRun":["All"]}';
    await this.#connection.json(this.#path, { method: 'POST', body: `{"workflow":${workflow},${options}}` });
  }

  /**
   * Has Argo judge a Workflow by its own rules.
   *
   * @throws ArgoError with what is wrong; Argo calls that an error of its own, so the kind is `failing`
   */
  async lint(workflow: string): Promise<void> {
    await this.#connection.json(`${this.#path}/lint`, { method: 'POST', body: `{"workflow":${workflow}}` });
  }

  /** The version that it reports, such as `v4.1.2`. */
  async version(): Promise<string> {
    return this.#read(versionSchema, await this.#connection.json('/api/v1/version')).version;
  }

  /** What it says about itself: the namespace that it manages, if it manages only one. */
  async info(): Promise<{ managedNamespace?: string }> {
    return this.#read(infoSchema, await this.#connection.json('/api/v1/info'));
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#connection.close();
  }

  #pathOf(name: string): string {
    return `${this.#path}/${encodeURIComponent(name)}`;
  }

  /** A name that is taken is ours only with our labels. */
  async #compare(ours: Rendered, taken: ArgoError): Promise<SubmitOutcome> {
    const { name, labels } = ours.metadata;
    const standing = await this.get(name);
    if (!standing) {
      const reason = `had a Workflow \`${name}\` a moment ago and has it no more`;
      throw new ArgoError(this.instance, 'failing', reason, { cause: taken });
    }
    const other = Object.keys(labels).find(
      key => IDENTITY.test(key) && standing.metadata.labels[key] !== labels[key],
    );
    if (other !== undefined) {
      const found = standing.metadata.labels[other] ?? '';
      const reason = `has another Workflow \`${name}\`: its label \`${other}\` is \`${found}\`, not \`${labels[other]}\``;
      throw new ArgoError(this.instance, 'taken', reason, { status: taken.status, code: taken.code });
    }
    return 'already-ours';
  }

  #rendered(workflow: string): Rendered {
    const rendered = renderedSchema.safeParse(JSON.parse(workflow));
    if (!rendered.success) {
      throw new ArgoError(this.instance, 'invalid', `is not asked: ${rendered.error.issues[0]?.message}`);
    }
    const { name, namespace } = rendered.data.metadata;
    if (namespace !== this.namespace) {
      const reason =
        `is not asked: Workflow \`${name}\` belongs into namespace \`${namespace}\` by the platform document ` +
        `(\`workflow.namespace\`), while \`argoWorkflows\` says \`${this.namespace}\``;
      throw new ArgoError(this.instance, 'invalid', reason);
    }
    return rendered.data;
  }

  #read<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
    const read = schema.safeParse(answer);
    if (read.success) {
      return read.data;
    }
    const [issue] = read.error.issues;
    const reason = `does not answer as Argo does (\`${issue?.path.join('.')}\`: ${issue?.message})`;
    throw new ArgoError(this.instance, 'not-argo', reason);
  }
}

type Rendered = z.output<typeof renderedSchema>;
