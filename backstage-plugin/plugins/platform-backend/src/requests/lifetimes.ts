/**
 * How long what ends stays, in days: what the platform document says, and where it says nothing what the core takes instead, which its
 * JSON Schema tells. Nothing of it is repeated here.
 */
import type { Berth } from '@berth/core';
import { z } from 'zod/v3';

const days = z.number();
const given = z.object({
  spec: z.object({
    expiry: z.object({ warnDays: z.array(days).optional(), graceDays: days.optional() }).optional(),
    decommission: z.object({ graceDays: days.optional() }).optional(),
  }),
});
const graceDays = z.object({ default: days });
const schema = z.object({
  $defs: z.object({
    Expiry: z.object({ properties: z.object({ warnDays: z.object({ default: z.array(days) }), graceDays }) }),
    Decommission: z.object({ properties: z.object({ graceDays }) }),
  }),
});

export interface Lifetimes {
  expiry: { warnDays: readonly number[]; graceDays: number };
  decommission: { graceDays: number };
}

/** Of the documents; the core has checked them. */
export function lifetimesOf(berth: Berth): Lifetimes {
  const { expiry, decommission } = given.parse(berth.documents().platform).spec;
  const { Expiry, Decommission } = schema.parse(berth.schema('platform')).$defs;
  return {
    expiry: {
      warnDays: expiry?.warnDays ?? Expiry.properties.warnDays.default,
      graceDays: expiry?.graceDays ?? Expiry.properties.graceDays.default,
    },
    decommission: { graceDays: decommission?.graceDays ?? Decommission.properties.graceDays.default },
  };
}
