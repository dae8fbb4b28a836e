// What the server alone knows of a request: is the name free, what does the team use, and does it judge as the core here does? It is
// asked when the keyboard rests; what it said holds for those values alone.
import type { Decision, Violation } from '@berth/core';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useMemo, useState } from 'react';
import { platformApiRef, type ServerDecision } from '../api';
import { useResource } from '../live';
import type { Blueprint } from './model/fields';
import { placeOf } from './model/paths';
import type { Known, Parameters, Policy } from './policy';

const REST_MS = 350;

/** Is the name free? `unknown`: the server didn't say. */
export type NameState = 'unasked' | 'checking' | 'free' | 'taken' | 'unknown';

export interface ServerFacts {
  /** For the core here to decide with. */
  known: Known;
  name: NameState;
  /** What the server finds besides, of these very values. */
  violations: Violation[];
  /** Digest of the documents by which the server judged last. */
  policyDigest?: string;
}

interface Answer {
  /** What was asked about. */
  key: string;
  nameKey: string;
  decision?: ServerDecision;
}

/**
 * @param policy - judges without the server: it isn't asked about what can't be right
 * @param isWanted - false where the server has nothing to add
 */
export function useServerFacts(policy: Policy, blueprint: Blueprint, parameters: Parameters, isWanted: boolean): ServerFacts {
  const platform = useApi(platformApiRef);
  const { metadata, spec } = blueprint;
  const { scope } = spec;

  const local = useMemo(() => policy.decide(metadata.name, parameters, {}, false), [policy, metadata.name, parameters]);
  const isFine = (field: string) => parameters[field] !== undefined && !local.violations.some(({ path }) => placeOf(path).field === field);

  const team = isWanted && isFine(scope.team) ? String(parameters[scope.team]) : undefined;
  const usage = useResource(team, () => platform.usage(team ?? ''));

  const [answer, setAnswer] = useState<Answer>();
  const nameKey = JSON.stringify([parameters[scope.name], parameters[scope.environment]]);
  const key = JSON.stringify([policy.digest, parameters]);
  const isAsked = isWanted && [scope.name, scope.team, scope.environment].every(isFine);
  useEffect(() => {
    if (!isAsked) {
      return undefined;
    }
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      let decision: ServerDecision | undefined;
      try {
        decision = await platform.validate(metadata.name, JSON.parse(key)[1], abort.signal);
      } catch {
        // Whoever sends the request hears of it again, with the reason.
      }
      if (!abort.signal.aborted) {
        setAnswer({ key, nameKey, decision });
      }
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [platform, metadata.name, key, nameKey, isAsked]);

  return useMemo(() => {
    const isOfName = isAsked && answer?.nameKey === nameKey;
    const isTaken = isOfName && answer.decision?.violations.some(({ code }) => code === 'name-taken');
    const used = usage.value && { namespaces: usage.value.namespaces.used, monthlyCost: usage.value.monthly.used };
    return {
      known: { ...(used && { usage: used }), ...(isOfName && answer.decision && { nameTaken: isTaken }) },
      name: nameState(isAsked, isOfName ? answer : undefined, isTaken === true),
      violations: isAsked && answer?.key === key ? (answer.decision?.violations ?? []) : [],
      policyDigest: answer?.decision?.policyDigest,
    };
  }, [answer, isAsked, key, nameKey, usage.value]);
}

function nameState(isAsked: boolean, answer: Answer | undefined, isTaken: boolean): NameState {
  if (!isAsked) {
    return 'unasked';
  }
  if (!answer) {
    return 'checking';
  }
  if (!answer.decision) {
    return 'unknown';
  }
  return isTaken ? 'taken' : 'free';
}

/** What the server finds and the core here doesn't. */
export function besides(fromServer: readonly Violation[], { violations }: Decision): Violation[] {
  const known = new Set(violations.map(keyOf));
  return fromServer.filter(violation => !known.has(keyOf(violation)));
}

function keyOf({ code, path }: Violation): string {
  return `${code} ${placeOf(path).field}`;
}
