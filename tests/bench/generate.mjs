// Makes the requests of the comparison: the same seed gives the same bytes on every machine.
// About 58 in 100 are valid; the others have one or two faults of the kinds that people make.
// What only Berth can judge (reserved names, a team's usage, dates in the past) does not occur.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const VALID_IN_100 = 58;

const TEAMS = ["payments", "checkout", "platform", "search", "data-science", "growth", "mobile"];
const PRODUCTS = ["api", "ledger", "catalog", "reports", "gateway", "worker", "search", "billing"];
const ENVIRONMENTS = ["development", "staging", "production"];
const TIERS = ["micro", "small", "medium", "large"];
const NETWORK_POLICIES = ["isolated", "team-shared", "open"];
const FEATURES = [
  "istio-injection",
  "monitoring-enhanced",
  "backup-enabled",
  "external-ingress",
  "database-access",
  "gpu-access",
];
const DESCRIPTIONS = [
  "Settlement of card payments, nightly and on demand",
  "Shopping cart and checkout; reads the price service",
  "Load tests before Black Friday",
  "Überweisungen und Lastschriften für den Zahlungsverkehr",
];

/** What people get wrong. Each takes a valid request and makes it an invalid one. */
const FAULTS = [
  (request) => { request.namespaceName = `${request.team}_${request.namespaceName}`; },
  (request) => { request.namespaceName = request.namespaceName.toUpperCase(); },
  (request) => { request.namespaceName = `${request.namespaceName}-`; },
  (request) => { request.namespaceName = request.namespaceName.padEnd(64, "x"); },
  (request) => { delete request.namespaceName; },
  (request) => { delete request.environment; },
  (request) => { request.team = "p"; },
  (request) => { request.environment = "prod"; },
  (request) => { request.resourceTier = "xlarge"; },
  (request) => { request.environment = "production"; request.resourceTier = "micro"; },
  (request) => { request.environment = "production"; request.networkPolicy = "open"; },
  (request) => { request.features = ["istio-injection"]; request.resourceTier = "micro"; },
  (request) => { request.features = ["monitoring"]; },
  (request) => { request.features = ["gpu-access", "gpu-access"]; },
  (request) => { request.features = "gpu-access"; },
  (request) => { request.description = "x".repeat(501); },
  (request) => { request.costCenter = 4711; },
  (request) => { request.tier = "small"; },
];

/** An endless row of requests. */
export function* requests(seed) {
  const random = mulberry32(seed);
  const below = (n) => Math.floor(random() * n);
  const oneOf = (list) => list[below(list.length)];
  for (let number = 0; ; number += 1) {
    const request = validRequest(number, below, oneOf);
    if (below(100) >= VALID_IN_100) {
      oneOf(FAULTS)(request);
      // The second fault only adds: it can't mend the first.
      if (below(2) === 0) request.notes = "please hurry";
    }
    yield request;
  }
}

/** Writes `count` requests into `folder`, one JSON file each. */
export function writeFiles(folder, count, seed) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const row = requests(seed);
  for (let number = 0; number < count; number += 1) {
    const name = `request-${String(number).padStart(6, "0")}.json`;
    writeFileSync(join(folder, name), `${JSON.stringify(row.next().value, null, 2)}\n`);
  }
}

function validRequest(number, below, oneOf) {
  const team = oneOf(TEAMS);
  const environment = oneOf(ENVIRONMENTS);
  const features = FEATURES.filter(() => below(4) === 0);
  const production = environment === "production";
  const roomy = production || features.includes("istio-injection");
  const request = {
    namespaceName: `${team}-${oneOf(PRODUCTS)}-${number}`,
    team,
    environment,
    resourceTier: oneOf(roomy ? TIERS.slice(1) : TIERS),
    networkPolicy: oneOf(production ? NETWORK_POLICIES.slice(0, 2) : NETWORK_POLICIES),
    features,
  };
  if (below(4) > 0) request.description = oneOf(DESCRIPTIONS);
  if (below(3) === 0) request.costCenter = `CC-${1000 + below(9000)}`;
  return request;
}

// A small generator of pseudo-random numbers in [0, 1): Math.random() takes no seed.
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
