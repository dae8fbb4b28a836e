// One process, one library: how long from its import to its first verdict, in milliseconds.
//   node start.mjs berth|ajv|zod|joi SCHEMA REQUEST
import { readFileSync } from "node:fs";

const [library, schemaFile, json] = process.argv.slice(2);
const request = JSON.parse(json);
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));

/** Each imports nothing but itself, and judges one field where the rules are written by hand: a lower bound for the peers. */
const first = {
  async berth() {
    const { decide } = await import("@berth/core");
    return decide(request).valid;
  },
  async ajv() {
    const { default: Ajv } = await import("ajv/dist/2020.js");
    return new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema)(request);
  },
  async zod() {
    const { z } = await import("zod");
    return z.looseObject({ namespaceName: z.string().max(63) }).safeParse(request).success;
  },
  async joi() {
    const { default: Joi } = await import("joi");
    return Joi.object({ namespaceName: Joi.string().max(63) }).unknown().validate(request).error === undefined;
  },
};

const before = performance.now();
const valid = await first[library]();
const took = performance.now() - before;
if (!valid) throw new Error(`${library} finds a valid request not valid`);
console.log(took);
