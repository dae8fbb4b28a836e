// The rules of a namespace request as users of ajv, zod and Joi would write them: ajv takes the schema that Berth exports, the other two say
// the same by hand. Each is a function from a request to whether it is valid, and looks for all mistakes, not the first only.
import { readFileSync } from "node:fs";
import Joi from "joi";
import { z } from "zod";
import { validator } from "./node-common.mjs";

const NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const RESERVED_PREFIX = /^(?:kube-|openshift-)/;

/** The peers by name; `schemaFile` is the exported JSON Schema of a request. */
export function peers(schemaFile) {
  const words = wordsOf(JSON.parse(readFileSync(schemaFile, "utf8")));
  const [ajv, zod, joi] = [validator(schemaFile), zodSchema(words), joiSchema(words)];
  return {
    ajv: (request) => ajv(request),
    zod: (request) => zod.safeParse(request).success,
    joi: (request) => joi.validate(request, { abortEarly: false, convert: false }).error === undefined,
  };
}

/** The lists of words in the rules: they are the same for all. */
function wordsOf({ $defs: { namespace } }) {
  const { namespaceName, environment, resourceTier, networkPolicy, features, expiresAt } = namespace.properties;
  const options = (field) => field.anyOf.map((option) => option.const);
  return {
    reserved: namespaceName.allOf[0].not.anyOf[0].enum,
    environments: options(environment),
    tiers: options(resourceTier),
    networkPolicies: options(networkPolicy),
    features: options(features.items),
    moment: new RegExp(expiresAt.allOf[0].pattern),
  };
}

function zodSchema({ reserved, environments, tiers, networkPolicies, features, moment }) {
  const isReserved = new Set(reserved);
  return z
    .strictObject({
      namespaceName: z
        .string()
        .min(1)
        .max(63)
        .regex(NAME)
        .refine((name) => !isReserved.has(name) && !RESERVED_PREFIX.test(name), "is reserved"),
      team: z.string().min(2).max(32).regex(NAME),
      environment: z.enum(environments),
      resourceTier: z.enum(tiers).default("small"),
      networkPolicy: z.enum(networkPolicies).default("isolated"),
      features: z
        .array(z.enum(features))
        .refine((list) => new Set(list).size === list.length, "has duplicates")
        .default([]),
      description: z.string().max(500).optional(),
      costCenter: z.string().max(50).optional(),
      expiresAt: z.string().regex(moment).optional(),
    })
    .superRefine((request, context) => {
      const refuse = (path, message) => context.addIssue({ code: "custom", path: [path], message });
      if (request.environment === "production") {
        if (request.resourceTier === "micro") refuse("resourceTier", "production namespaces need at least the small tier");
        if (request.networkPolicy === "open") refuse("networkPolicy", "production namespaces can't be open to the whole cluster");
      }
      if (request.features.includes("istio-injection") && request.resourceTier === "micro") {
        refuse("resourceTier", "the service mesh has no room in the micro tier");
      }
    });
}

function joiSchema({ reserved, environments, tiers, networkPolicies, features, moment }) {
  const inProduction = (otherwise) => ({ is: "production", then: otherwise });
  return Joi.object({
    namespaceName: Joi.string().min(1).max(63).pattern(NAME).pattern(RESERVED_PREFIX, { invert: true }).invalid(...reserved).required(),
    team: Joi.string().min(2).max(32).pattern(NAME).required(),
    environment: Joi.string().valid(...environments).required(),
    resourceTier: Joi.string()
      .valid(...tiers)
      .default("small")
      .when("environment", inProduction(Joi.invalid("micro")))
      .when("features", { is: Joi.array().has("istio-injection").required(), then: Joi.invalid("micro") }),
    networkPolicy: Joi.string()
      .valid(...networkPolicies)
      .default("isolated")
      .when("environment", inProduction(Joi.invalid("open"))),
    features: Joi.array().items(Joi.string().valid(...features)).unique().default([]),
    description: Joi.string().allow("").max(500),
    costCenter: Joi.string().allow("").max(50),
    expiresAt: Joi.string().pattern(moment),
  });
}
