/** What is read of small answers, and of a Workflow that is about to be submitted. */
import { z } from 'zod';

const IDENTITY = ['request-id', 'attempt', 'spec-hash'];

/** A rendered Workflow: who it is, and by what it is told from others. */
export const renderedSchema = z.object({
  metadata: z.object({
    name: z.string({ error: 'the Workflow has no name' }),
    namespace: z.string({ error: 'the Workflow has no namespace' }),
    labels: z
      .record(z.string(), z.string())
      .refine(labels => IDENTITY.every(name => Object.keys(labels).some(key => key.endsWith(`/${name}`))), {
        message: `the Workflow lacks one of the labels ${IDENTITY.join(', ')}`,
      }),
  }),
});

export const logLineSchema = z.object({ content: z.string().default(''), podName: z.string().default('') });

export const versionSchema = z.object({ version: z.string() });

export const infoSchema = z.object({
  managedNamespace: z
    .string()
    .nullish()
    .transform(value => value || undefined),
});
