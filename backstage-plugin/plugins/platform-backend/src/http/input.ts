// Reads what a call says besides the parameters of a request: those are the core's to judge. Each reader names what is wrong.
import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { z } from 'zod';
import { VIEWS } from '../permissions';
import { REQUEST_STATUSES } from '../requests/model';

const requestId = z.string().max(63).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'is not the id of a request');
const word = z.string().min(1).max(63);
const flag = z.enum(['true', 'false']).default('false').transform(text => text === 'true');
const moment = z.iso.datetime({ offset: true, error: 'is not a date and time with a time zone such as `2027-01-31T00:00:00Z`' });
const comment = z.string().min(1).max(2000);

const listQuery = z.object({
  view: z.enum(VIEWS).optional(),
  blueprint: word.optional(),
  team: word.optional(),
  environment: word.optional(),
  name: word.optional(),
  status: z.enum(REQUEST_STATUSES as [string, ...string[]]).optional(),
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** What a list shall hold. */
export type ListQuery = z.output<typeof listQuery>;

// Made once: zod compiles a schema when it is first used, which takes longer than all else that a call needs.
const schemas = {
  requestId: z.object({ requestId }),
  team: z.object({ team: z.string().min(2).max(32).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'is not the name of a team') }),
  namespace: z.object({ name: word }),
  cluster: z.object({ cluster: word.optional() }),
  options: z.object({ options: flag }),
  logs: z.object({ step: z.string().min(1).max(128).optional(), follow: flag }),
  idempotencyKey: z.object({
    'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/, 'may hold visible ASCII characters only').optional(),
  }),
  parameters: z.record(z.string(), z.unknown()),
  ask: z.strictObject({ blueprint: word, parameters: z.record(z.string(), z.unknown()) }),
  planned: z.union([
    z.strictObject({ delete: z.literal(true) }),
    z.strictObject({ freeze: z.literal(true) }),
    z.strictObject({ adopt: z.record(z.string(), z.unknown()) }),
  ]),
  approval: z.strictObject({ planDigest: z.string().min(1).max(200), comment: comment.optional() }),
  decommission: z.strictObject({ confirm: word, freeze: z.boolean().default(false) }),
  restoration: z.strictObject({ expiresAt: moment.optional() }),
  extension: z.strictObject({ expiresAt: moment }),
  neededComment: z.strictObject({ comment }),
  comment: z.strictObject({ comment: comment.optional() }),
};

export const input = {
  requestId: (req: Request) => read(schemas.requestId, req.params).requestId,
  team: (req: Request) => read(schemas.team, req.params).team,
  namespace: (req: Request) => ({ ...read(schemas.namespace, req.params), ...read(schemas.cluster, req.query) }),
  list: (req: Request): ListQuery => read(listQuery, req.query),
  withOptions: (req: Request) => read(schemas.options, req.query).options,
  logs: (req: Request) => read(schemas.logs, req.query),
  idempotencyKey: (req: Request) =>
    read(schemas.idempotencyKey, { 'Idempotency-Key': req.header('idempotency-key') })['Idempotency-Key'],
  /** What a plan about a namespace is asked for: its end, taking it over, or else a change. */
  planned: (req: Request) => {
    const body = read(schemas.parameters, req.body ?? {}, 'the body');
    const special = schemas.planned.safeParse(body);
    return special.success ? special.data : { patch: body };
  },
  /** The parameters as they came. */
  parameters: (req: Request) => read(schemas.parameters, req.body ?? {}, 'the body'),
  ask: (req: Request) => read(schemas.ask, req.body ?? {}, 'the body'),
  approval: (req: Request) => read(schemas.approval, req.body ?? {}, 'the body'),
  decommission: (req: Request) => read(schemas.decommission, req.body ?? {}, 'the body'),
  restoration: (req: Request) => read(schemas.restoration, req.body ?? {}, 'the body'),
  extension: (req: Request) => read(schemas.extension, req.body ?? {}, 'the body'),
  neededComment: (req: Request) => read(schemas.neededComment, req.body ?? {}, 'the body').comment,
  comment: (req: Request) => read(schemas.comment, req.body ?? {}, 'the body').comment,
};

function read<T extends z.ZodType>(schema: T, value: unknown, whole = 'the call'): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(({ path, message }) => `${path.length > 0 ? `\`${path.join('.')}\`` : whole}: ${message}`);
  throw new InputError(problems.join('; '));
}
