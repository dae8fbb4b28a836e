// The parameters of a blueprint, as a form needs them. What they allow is not looked at here: the core says it.
import type { Berth } from '@berth/core';

/** A parameter of a blueprint document. */
export interface Parameter {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'array';
  title?: string;
  description?: string;
  required?: boolean;
  format?: 'date' | 'date-time';
  maxLength?: number;
}

/** What a form is drawn from. */
export interface FormDefinition {
  blueprint: string;
  title: string;
  parameters: Parameter[];
  /** The parameter that holds the team, and the teams that the platform lists. */
  team: { parameter: string | undefined; known: string[] };
}

interface BlueprintDocument {
  metadata: { name: string; title?: string };
  spec: { scope?: { team?: string }; parameters: Record<string, Omit<Parameter, 'name'>> };
}

/** The form of the first blueprint. */
export function definitionOf(berth: Berth): FormDefinition {
  const documents = berth.documents();
  // The core has checked the documents: they are what the schemas say.
  const { metadata, spec } = documents.blueprints[0] as unknown as BlueprintDocument;
  const platform = documents.platform as { spec: { teams?: Record<string, unknown> } };
  return {
    blueprint: metadata.name,
    title: metadata.title ?? metadata.name,
    parameters: Object.entries(spec.parameters).map(([name, parameter]) => ({ name, ...parameter })),
    team: { parameter: spec.scope?.team, known: Object.keys(platform.spec.teams ?? {}) },
  };
}
