// What an action did outside Backstage, in a shape that other tools can read: which resource, which operation.
import type { Plan } from '../platform/types';

/** One thing outside Backstage that the action has done, set going or, in a dry run and in a plan, would do. */
export type Effect = {
  /** `berth:request/<id>`, or `kubernetes:<cluster>/<apiVersion>/<Kind>/[<namespace>/]<name>`. */
  resource: string;
  /** What is done to it. */
  operation: 'create' | 'update' | 'delete';
};

/** What becomes of an object, in the words of effects. */
const OPERATIONS: Record<string, Effect['operation']> = { added: 'create', changed: 'update', removed: 'delete' };

/** The objects of a plan as effects; of a plan about what stands, those that it touches. */
export function planEffects({ cluster, steps, changes }: Pick<Plan, 'cluster' | 'steps' | 'changes'>): Effect[] {
  const touched = changes?.flatMap(object => {
    const operation = OPERATIONS[object.change];
    return operation === undefined ? [] : [{ object, operation }];
  });
  const made = () => steps.flatMap(({ objects }) => objects.map(object => ({ object, operation: 'create' as const })));
  return (touched ?? made()).map(({ object: { apiVersion, kind, namespace, name }, operation }) => ({
    resource: `kubernetes:${[cluster, apiVersion, kind, namespace, name].filter(part => part !== undefined).join('/')}`,
    operation,
  }));
}

/** The request itself as an effect. */
export function requestEffect(requestId: string): Effect {
  return { resource: `berth:request/${requestId}`, operation: 'create' };
}
