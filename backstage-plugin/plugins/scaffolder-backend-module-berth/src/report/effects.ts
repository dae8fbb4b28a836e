// What an action did outside Backstage, in a shape that other tools can read: which resource, which operation.
import type { Plan } from '../platform/types';

/** One thing outside Backstage that the action has done, set going or, in a dry run and in a plan, would do. */
export type Effect = {
  /** `berth:request/<id>`, or `kubernetes:<cluster>/<apiVersion>/<Kind>/[<namespace>/]<name>`. */
  resource: string;
  /** What is done to it. */
  operation: 'create';
};

/** The objects of a plan as effects. */
export function planEffects({ cluster, steps }: Pick<Plan, 'cluster' | 'steps'>): Effect[] {
  return steps.flatMap(({ objects }) =>
    objects.map(({ apiVersion, kind, namespace, name }) => ({
      resource: `kubernetes:${[cluster, apiVersion, kind, namespace, name].filter(part => part !== undefined).join('/')}`,
      operation: 'create',
    })),
  );
}

/** The request itself as an effect. */
export function requestEffect(requestId: string): Effect {
  return { resource: `berth:request/${requestId}`, operation: 'create' };
}
