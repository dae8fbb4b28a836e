// Reads what a call says besides the parameters of a request: those are the core's to judge. Each reader names what is wrong.
import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { z } from 'zod';
import { VIEWS } from '../permissions';
import { REQUEST_STATUSES } from '../requests/model';

const requestId = z.string().max(63).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'is not the id of a request');
const word = z.string().min(1).max(63);
const flag = z.enum(['true', 'false']).default('false').transform(text => text === 'true');
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

const parameters = z.record(z.string(), z.unknown());

export const input = {
  requestId: (req: Request) => read(z.object({ requestId }), req.params).requestId,
  team: (req: Request) =>
    read(z.object({ team: z.string().min(2).max(32).regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'is not the name of a team') }), req.params).team,
  namespace: (req: Request) => ({
    ...read(z.object({ name: word }), req.params),
    ...read(z.object({ cluster: word.optional() }), req.query),
  }),
  list: (req: Request): ListQuery => read(listQuery, req.query),
  withOptions: (req: Request) => read(z.object({ options: flag }), req.query).options,
  logs: (req: Request) => read(z.object({ step: z.string().min(1).max(128).optional(), follow: flag }), req.query),
  idempotencyKey: (req: Request) =>
    read(
      z.object({ 'Idempotency-Key': z.string().min(1).max(255).regex(/^[!-~]+$/, 'may hold visible ASCII characters only').optional() }),
      { 'Idempotency-Key': req.header('idempotency-key') },
    )['Idempotency-Key'],
  /** The parameters as they came. */
  parameters: (req: Request) => read(parameters, req.body ?? {}, 'the body'),
  ask: (req: Request) => read(z.strictObject({ blueprint: word, parameters }), req.body ?? {}, 'the body'),
  approval: (req: Request) =>
    read(z.strictObject({ planDigest: z.string().min(1).max(200), comment: comment.optional() }), req.body ?? {}, 'the body'),
  neededComment: (req: Request) => read(z.strictObject({ comment }), req.body ?? {}, 'the body').comment,
  comment: (req: Request) => read(z.strictObject({ comment: comment.optional() }), req.body ?? {}, 'the body').comment,
};

function read<T extends z.ZodType>(schema: T, value: unknown, whole = 'the call'): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(({ path, message }) => `${path.length > 0 ? `\`${path.join('.')}\`` : whole}: ${message}`);
  throw new InputError(problems.join('; '));
}
