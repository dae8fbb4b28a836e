// The documents as people read them: what of them stands on the policy page. The core has checked them, so that their shape is known.
import type { Documents } from '../api';

export interface Environment {
  name: string;
  title?: string;
  cluster: string;
  podSecurity?: string;
  approval?: { by: string[]; count?: number; reason?: string };
  /** In days. A request that names no end gets `default`, else `maximum`, else none. */
  lifetime?: { default?: number; maximum?: number };
}

export interface Team {
  name: string;
  title?: string;
  namespaces: number;
  budget: number;
}

export interface Option {
  name: string;
  title?: string;
  monthlyCost?: number;
  /** What else its row says, such as `cpu`. */
  rest: [name: string, value: string][];
}

export interface Rule {
  id: string;
  message: string;
  hint?: string;
}

export interface BlueprintView {
  name: string;
  title?: string;
  description?: string;
  tables: { name: string; options: Option[] }[];
  rules: Rule[];
}

export interface PolicyView {
  currency: string;
  environments: Environment[];
  teams: Team[];
  defaults: { namespaces: number; budget: number };
  reserved: string[];
  blueprints: BlueprintView[];
}

/** How many days a namespace that was given back stays frozen; nothing where the document leaves it to the core. */
export function graceDaysOf({ platform }: Documents): number | undefined {
  return (platform.spec as unknown as PlatformSpec).decommission?.graceDays;
}

interface Limits {
  namespaces?: number;
  monthlyBudget?: number;
}
interface PlatformSpec {
  currency: { code: string };
  environments: Record<string, Omit<Environment, 'name'>>;
  teamDefaults: { limits: Required<Limits> };
  teams?: Record<string, { title?: string; limits?: Limits }>;
  reserved?: { names?: string[]; namePrefixes?: string[] };
  decommission?: { graceDays?: number };
}
interface BlueprintDocument {
  metadata: { name: string; title?: string; description?: string };
  spec: { tables?: Record<string, Record<string, Record<string, unknown>>>; rules?: Rule[] };
}

/** Internal figures of a row that nobody chooses by. */
const NOT_SHOWN = /^(title|monthlyCost|limits|default)/;

export function readDocuments({ platform, blueprints }: Documents): PolicyView {
  const spec = platform.spec as unknown as PlatformSpec;
  const { namespaces, monthlyBudget } = spec.teamDefaults.limits;
  return {
    currency: spec.currency.code,
    environments: Object.entries(spec.environments).map(([name, environment]) => ({ name, ...environment })),
    teams: Object.entries(spec.teams ?? {}).map(([name, { title, limits }]) => ({
      name,
      title,
      namespaces: limits?.namespaces ?? namespaces,
      budget: limits?.monthlyBudget ?? monthlyBudget,
    })),
    defaults: { namespaces, budget: monthlyBudget },
    reserved: [...(spec.reserved?.names ?? []), ...(spec.reserved?.namePrefixes ?? []).map(prefix => `${prefix}…`)],
    blueprints: (blueprints as unknown as BlueprintDocument[]).map(({ metadata, spec: { tables = {}, rules = [] } }) => ({
      ...metadata,
      tables: Object.entries(tables).map(([name, rows]) => ({ name, options: Object.entries(rows).map(optionOf) })),
      rules,
    })),
  };
}

function optionOf([name, row]: [string, Record<string, unknown>]): Option {
  return {
    name,
    ...(typeof row.title === 'string' && { title: row.title }),
    ...(typeof row.monthlyCost === 'number' && { monthlyCost: row.monthlyCost }),
    rest: Object.entries(row).flatMap(([key, value]): [string, string][] =>
      NOT_SHOWN.test(key) || typeof value === 'object' ? [] : [[key, String(value)]],
    ),
  };
}
