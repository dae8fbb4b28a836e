// Reads the two documents and makes the objects of each step for one request, as a Node author would: plain recursion
// over the parsed YAML. It knows what the namespace blueprint uses, and stops at anything else.

/** A function from a request, filled in with its defaults, to the steps that apply, each with its objects. */
export function stepsOf(platform, blueprint, { now }) {
  return (request) => {
    const scope = scopeOf(platform, blueprint, request, now);
    return blueprint.spec.steps
      .filter((step) => holds(step.when, scope))
      .map((step) => ({
        id: step.id,
        after: step.after ?? [],
        outside: step.outside && fill(step.outside, scope),
        objects: step.manifests.filter((manifest) => holds(manifest.when, scope)).map((manifest) => fillObject(manifest, scope)),
        verify: (step.verify ?? []).map((check) => fill(check, scope)),
      }));
  };
}

/** The request with the defaults of the blueprint's parameters. */
export function withDefaults(blueprint, request) {
  const filled = { ...request };
  for (const [name, parameter] of Object.entries(blueprint.spec.parameters)) {
    if (filled[name] === undefined && parameter.default !== undefined) filled[name] = parameter.default;
  }
  return filled;
}

function scopeOf(platform, blueprint, parameters, now) {
  const { spec } = platform;
  const listed = spec.teams[parameters.team] ?? {};
  return {
    platform: spec,
    parameters,
    environment: spec.environments[parameters.environment],
    tier: blueprint.spec.tables.tiers[parameters.resourceTier],
    team: { catalogRef: `group:default/${parameters.team}`, rbacGroups: [], ...listed, name: parameters.team },
    request: { createdAt: now },
  };
}

function holds(condition, scope) {
  if (condition === undefined) return true;
  if (condition.all) return condition.all.every((part) => holds(part, scope));
  return Object.entries(condition).every(([path, test]) => {
    const value = path.startsWith("platform.") ? lookUp(path, scope) : scope.parameters[path];
    return Object.entries(test).every(([operator, operand]) => {
      if (operator === "in") return operand.includes(value);
      if (operator === "notIn") return !operand.includes(value);
      if (operator === "contains") return value.includes(operand);
      throw new Error(`unknown operator ${operator}`);
    });
  });
}

/** A filled-in copy; what is missing is undefined, and left out of objects. */
function fill(template, scope) {
  if (typeof template === "string") return fillString(template, scope);
  if (Array.isArray(template)) {
    return template.flatMap((item) => (item?.each ? repeat(item, scope) : [fill(item, scope)]));
  }
  if (typeof template === "object" && template !== null) return fillObject(template, scope);
  return template;
}

function fillObject(template, scope) {
  const filled = {};
  for (const [key, value] of Object.entries(template)) {
    if (key === "when") continue;
    const chosen = value?.when ? (holds(value.when, scope) ? fill(value.value, scope) : undefined) : fill(value, scope);
    if (chosen !== undefined) filled[fillString(key, scope)] = chosen;
  }
  return filled;
}

function repeat({ each, as, item }, scope) {
  return (lookUp(each, scope) ?? []).map((value) => fill(item, { ...scope, [as]: value }));
}

function fillString(text, scope) {
  if (!text.includes("${")) return text;
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  if (whole) return lookUp(whole[1], scope);
  return text.replace(/\$\{([^}]*)\}/g, (_, path) => lookUp(path, scope));
}

function lookUp(path, scope) {
  return path.split(".").reduce((value, key) => value?.[key], scope);
}
