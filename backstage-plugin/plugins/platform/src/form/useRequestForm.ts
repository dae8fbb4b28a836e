// One request while it is written: its values, what the core says of them after every keystroke, and what the server adds.
import type { Decision } from '@berth/core';
import { useEffect, useMemo } from 'react';
import { type Blueprint, type Field, fieldsOf } from './model/fields';
import { filled } from './model/values';
import { type Problem, problemsByField } from './model/problems';
import type { Parameters, Policy, PolicySource } from './policy';
import { besides, type NameState, useServerFacts } from './useServerFacts';

export interface RequestForm {
  policy: Policy;
  blueprint: Blueprint;
  fields: Field[];
  parameters: Parameters;
  decision: Decision;
  /** By field; what is of no field stands under the empty name. */
  problems: Map<string, Problem[]>;
  /** The core finds nothing wrong, and neither does the server. */
  isValid: boolean;
  name: NameState;
  teams: { name: string; title?: string }[];
  set(field: string, value: unknown): void;
  replace(parameters: Parameters): void;
}

export interface RequestFormOptions {
  policy: Policy;
  source: PolicySource;
  blueprint: Blueprint;
  parameters: Parameters;
  onChange(parameters: Parameters): void;
  /**
   * Of something that is there already: what stays as it is, and isn't shown. The server isn't asked about it while it is written,
   * since to it the name is taken, and the cost a part of what the team uses. The same list each time.
   */
  fixed?: readonly (keyof Blueprint['spec']['scope'])[];
}

const NOTHING: never[] = [];

export function useRequestForm(options: RequestFormOptions): RequestForm {
  const { policy, source, blueprint, parameters, onChange, fixed = NOTHING } = options;
  const fields = useMemo(() => {
    const { scope } = blueprint.spec;
    return fieldsOf(blueprint).filter(field => !fixed.some(place => scope[place] === field.name));
  }, [blueprint, fixed]);
  const teams = useMemo(() => policy.teams(blueprint), [policy, blueprint]);
  const server = useServerFacts(policy, blueprint, parameters, fixed.length === 0);

  useEffect(() => {
    // The documents changed since they were loaded: decide by those of today.
    if (server.policyDigest && server.policyDigest !== policy.digest) {
      source.refresh();
    }
  }, [server.policyDigest, policy, source]);

  const { name } = blueprint.metadata;
  const decision = useMemo(() => policy.decide(name, parameters, server.known), [policy, name, parameters, server.known]);
  const problems = useMemo(() => {
    const subject = { policy, blueprint: name, parameters, known: server.known };
    return problemsByField(subject, decision, besides(server.violations, decision), new Map(fields.map(field => [field.name, field.title])));
  }, [policy, name, parameters, server.known, server.violations, decision, fields]);

  const isValid = ![...problems.values()].flat().some(({ severity }) => severity === 'error');
  return {
    policy,
    blueprint,
    fields,
    parameters,
    decision,
    problems,
    isValid,
    name: server.name,
    teams,
    set: (field, value) => onChange(filled({ ...parameters, [field]: value })),
    replace: values => onChange(filled(values)),
  };
}
