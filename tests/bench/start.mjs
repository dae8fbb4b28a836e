// One process, one library: how long its import takes, and from then on its first verdict; in milliseconds, as JSON.
//   node start.mjs berth|ajv|zod|joi SCHEMA REQUEST
import { readFileSync } from "node:fs";

const [library, schemaFile, json] = process.argv.slice(2);
const request = JSON.parse(json);
const schema = JSON.parse(readFileSync(schemaFile, "utf8"));

/** Each imports nothing but itself, and then judges; one field where the rules are written by hand: a lower bound for the peers. */
const first = {
  async berth() {
    const { decide } = await import("@berth/core");
    return () => decide(request).valid;
  },
  async ajv() {
    const { default: Ajv } = await import("ajv/dist/2020.js");
    return () => new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema)(request);
  },
  async zod() {
    const { z } = await import("zod");
    return () => z.looseObject({ namespaceName: z.string().max(63) }).safeParse(request).success;
  },
  async joi() {
    const { default: Joi } = await import("joi");
    return () => Joi.object({ namespaceName: Joi.string().max(63) }).unknown().validate(request).error === undefined;
  },
};

const began = performance.now();
const judge = await first[library]();
const imported = performance.now();
const valid = judge();
const judged = performance.now();
if (!valid) throw new Error(`${library} finds a valid request not valid`);
console.log(JSON.stringify({ import: imported - began, verdict: judged - imported }));
