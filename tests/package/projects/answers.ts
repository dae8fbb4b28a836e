// What every environment asks of the package, as a user would: imported by name and called at once.
// The answers are texts, so that they can be compared byte for byte with the program's (expected.mjs).
import { Berth, BerthError, Source, decide, plan, render, renderYaml, schema, type RenderOptions } from '@berth/core';

/** The answers, by name. */
export type Answers = Record<string, string>;

const valid = {
  namespaceName: 'payments-checkout',
  team: 'payments',
  environment: 'production',
  resourceTier: 'medium',
  networkPolicy: 'isolated',
  features: ['monitoring-enhanced', 'backup-enabled'],
  // UTF-8 of one to four bytes, and what YAML and JSON must quote.
  description: 'Checkout für alle, “100 %”: \t 🚢 \u0000 \\ {{x}} #',
} as const;
const invalid = { ...valid, namespaceName: 'Payments_Checkout', resourceTier: 'micro', networkPolicy: 'open', team: undefined };
const now = '2026-01-01T00:00:00Z';
const context = { now, requester: { ref: 'user:default/ada', groups: ['Payments-Team'] }, usage: { namespaces: 3, monthlyCost: 60000 } };
// One mistake and no other: a key that platforms don't have.
const PLATFORM_WITH_A_MISTAKE = 'apiVersion: berth.dev/v1alpha1\nkind: Platform\nmetadata: { name: acme }\nspec:\n  curency: USD\n';
const identity = { requestId: 'req-7f3a', now };

/** Asks everything anew. */
export function answers(): Answers {
  const options = { ...identity, context, target: 'workflow', attempt: 2 } satisfies RenderOptions<'workflow'>;
  const found: Answers = {
    asked: JSON.stringify({ valid, invalid, context }),
    valid: JSON.stringify(decide(valid, context)),
    invalid: JSON.stringify(decide(invalid)),
    options: JSON.stringify(decide(valid, context, { options: true })),
    plan: JSON.stringify(plan(valid, { ...identity, context })),
    workflow: JSON.stringify(render(valid, options)),
    workflowYaml: renderYaml(valid, options),
    manifestsYaml: renderYaml(valid, { ...options, target: 'manifests' }),
    schema: JSON.stringify(schema('request')),
    refused: failure(() => renderYaml(invalid, options)),
    syntax: failure(() => new Berth({ platform: new Source('{\n  "kind": Platform\n}', 'platform.json') })),
    document: failure(() => new Berth({ platform: { apiVersion: 'berth.dev/v1alpha1', kind: 'Platform', metadata: {} } })),
    notJson: failure(() => decide({ ...valid, team: () => 'payments' })),
  };
  const own = new Berth(new Berth().documents());
  found.afterErrors = JSON.stringify(own.decide(valid, context));
  own.dispose();
  found.disposed = failure(() => own.decide(valid, context));
  return found;
}

/** Asks the module for pages that bring their documents: here those that the other one has. Such a page loads it when a form is opened. */
export async function bareAnswers(): Promise<Answers> {
  const bare = await import('@berth/core/bare');
  const documents = new Berth().documents();
  const berth = new bare.Berth(documents);
  const options = { ...identity, context, target: 'workflow', attempt: 2 } satisfies RenderOptions<'workflow'>;
  return {
    bareOptions: JSON.stringify(berth.decide(valid, context, { options: true })),
    barePlan: JSON.stringify(berth.plan(valid, { ...identity, context })),
    bareWorkflowYaml: berth.renderYaml(valid, options),
    // @ts-expect-error there are no embedded blueprints
    bareWithoutBlueprints: failure(() => new bare.Berth({ platform: documents.platform }), bare.BerthError),
  };
}

/** Asks the module for those who write documents; it is large, so it is loaded when it is needed. */
export async function yamlAnswers(): Promise<Answers> {
  const yaml = await import('@berth/core/yaml');
  const berth = new yaml.Berth();
  const text = `# Ada's request\n${Object.entries(valid).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join('')}`;
  const request = new yaml.Source(text, 'request.yaml');
  return {
    validAsYaml: JSON.stringify(berth.decide(request, context)),
    place: JSON.stringify(yaml.locate(request, '/team')),
    duplicateKey: failure(() => berth.decide(new yaml.Source(`${text}team: platform\n`, 'request.yaml')), yaml.BerthError),
    documentAsYaml: failure(
      () => new yaml.Berth({ platform: new yaml.Source(PLATFORM_WITH_A_MISTAKE, 'platform.yaml') }),
      yaml.BerthError,
    ),
  };
}

/** What an error says, in one line. */
function failure(act: () => unknown, kind: typeof BerthError = BerthError): string {
  try {
    act();
  } catch (error) {
    if (!(error instanceof kind) || !(error instanceof Error)) return `not a BerthError: ${String(error)}`;
    return `${error.name} ${error.code} ${JSON.stringify(error.location ?? {})}`;
  }
  return 'no error';
}
