//! Requests for a blueprint: valid ones, ones with a slip or two, and wild ones. What is drawn for a parameter
//! follows its document; whether the whole is valid is for others to say.

use berth_core::pattern::Pattern;
use serde_json::{Map, Value, json};

use super::random::Random;

/// Draws requests.
pub(crate) struct Generator {
    random: Random,
    blueprints: Vec<Blueprint>,
}

struct Blueprint {
    name: String,
    parameters: Vec<Parameter>,
}

struct Parameter {
    name: String,
    required: bool,
    /// Values that it takes.
    good: Vec<Value>,
    /// Those of them that rules speak of, or stand next to what they speak of.
    mentioned: Vec<Value>,
    /// Values that one of its bounds refuses, and no other.
    near: Vec<Value>,
    /// Other values that it doesn't take.
    bad: Vec<Value>,
    /// Draws sets of options.
    options: Option<Vec<String>>,
}

impl Generator {
    /// From the documents' values; the platform's has the tables of environments and clusters.
    pub(crate) fn new(seed: u64, platform: &Value, blueprints: &[Value]) -> Self {
        let blueprint = |document: &Value| Blueprint {
            name: document["metadata"]["name"].as_str().unwrap().to_owned(),
            parameters: parameters(document, platform),
        };
        Self { random: Random::seeded(seed), blueprints: blueprints.iter().map(blueprint).collect() }
    }

    /// The next request.
    pub(crate) fn request(&mut self) -> Value {
        let blueprint = self.random.below(self.blueprints.len());
        let slips = match self.random.below(100) {
            0..65 => 0,
            65..80 => 1,
            80..90 => 2,
            90..97 => 6,
            _ => return wild(&mut self.random, 3),
        };
        let Blueprint { name, parameters } = &self.blueprints[blueprint];
        let random = &mut self.random;
        let mut request = draw(random, parameters);
        for _ in 0..slips {
            slip(random, parameters, &mut request);
        }
        if name == "namespace" && random.percent(60) {
            return request.into();
        }
        let mut wrapped = Map::from_iter([("parameters".to_owned(), request.into())]);
        if name != "namespace" || random.percent(50) {
            wrapped.insert("blueprint".to_owned(), name.as_str().into());
        }
        if random.percent(30) {
            wrapped.insert("requester".to_owned(), "user:default/ada".into());
        }
        if slips > 0 && random.percent(30) {
            let key = *random.one(&["blueprint", "parameters", "requester", "approvals"]);
            if random.percent(50) {
                wrapped.insert(key.to_owned(), wild(random, 2));
            } else {
                wrapped.remove(key);
            }
        }
        wrapped.into()
    }
}

/// Parameters as a person would give them.
fn draw(random: &mut Random, parameters: &[Parameter]) -> Map<String, Value> {
    let mut request = Map::new();
    for parameter in parameters {
        if parameter.required || random.percent(35) {
            request.insert(parameter.name.clone(), good(random, parameter));
        }
    }
    request
}

fn good(random: &mut Random, parameter: &Parameter) -> Value {
    match &parameter.options {
        Some(options) => {
            let mut chosen: Vec<&str> = options.iter().map(String::as_str).collect();
            while chosen.len() > 1 && random.percent(60) {
                chosen.remove(random.below(chosen.len()));
            }
            chosen.into()
        }
        None if !parameter.mentioned.is_empty() && random.percent(40) => {
            random.one(&parameter.mentioned).clone()
        }
        None => random.one(&parameter.good).clone(),
    }
}

/// Makes one thing worse, or different.
fn slip(random: &mut Random, parameters: &[Parameter], request: &mut Map<String, Value>) {
    let parameter = random.one(parameters);
    let name = parameter.name.clone();
    match random.below(10) {
        0..=4 => {
            let worse = if parameter.near.is_empty() || random.percent(40) {
                &parameter.bad
            } else {
                &parameter.near
            };
            request.insert(name, random.one(worse).clone());
        }
        5 => {
            request.remove(&name);
        }
        6 => {
            let unknown =
                *random.one(&["approved", "__proto__", "toString", "Name", "", "requester", "a/b~c"]);
            request.insert(unknown.to_owned(), wild(random, 1));
        }
        7 => {
            request.insert(name, wild(random, 2));
        }
        _ => match request.get_mut(&name) {
            Some(Value::Array(items)) => match random.below(3) {
                0 => items.push(wild(random, 1)),
                1 => items.clear(),
                _ => {
                    let again = items.first().cloned().unwrap_or_else(|| "web".into());
                    items.push(again);
                }
            },
            _ => {
                request.insert(name, good(random, parameter));
            }
        },
    }
}

/// Any value.
fn wild(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 5 } else { 7 }) {
        0 => Value::Null,
        1 => random.percent(50).into(),
        2 => random.one(&numbers(&Value::Null)).clone(),
        3 | 4 => (*random.one(&TEXTS)).into(),
        5 => (0..random.below(4)).map(|_| wild(random, depth - 1)).collect(),
        _ => {
            let keys = ["blueprint", "parameters", "namespaceName", "name", "team", "size", "x"];
            let entries =
                (0..random.below(5)).map(|_| ((*random.one(&keys)).to_owned(), wild(random, depth - 1)));
            Value::Object(entries.collect())
        }
    }
}

fn parameters(document: &Value, platform: &Value) -> Vec<Parameter> {
    let rows = |table: &str| {
        let table = match table.strip_prefix("platform.") {
            Some(table) => &platform["spec"][table],
            None => &document["spec"]["tables"][table],
        };
        table.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
    };
    let reserved = numbers_and_texts(&platform["spec"]["reserved"]);
    let parameters = document["spec"]["parameters"].as_object().unwrap();
    parameters
        .iter()
        .map(|(name, parameter)| {
            let options: Option<Vec<String>> = match (&parameter["enum"], &parameter["optionsFrom"]) {
                (Value::Array(values), _) => {
                    Some(values.iter().map(|value| value.as_str().unwrap().to_owned()).collect())
                }
                (_, Value::String(table)) => Some(rows(table)),
                _ => None,
            };
            let kind = parameter["type"].as_str().unwrap();
            let mentioned = mentioned(&document["spec"]["rules"], name);
            let reserved =
                if document["spec"]["scope"]["name"] == name.as_str() { &reserved[..] } else { &[] };
            let any: Vec<Value> = match (kind, &options) {
                ("array", _) => vec![json!(["web", "web"]), json!([null]), json!([[]])],
                ("boolean", _) => vec![true.into(), false.into(), "true".into(), 1.into()],
                ("integer", _) => numbers(parameter),
                (_, Some(options)) => options.iter().map(|one| one.as_str().into()).chain(texts()).collect(),
                _ => texts().chain(reserved.iter().cloned()).collect(),
            };
            let refusals = |value: &Value| refusals(parameter, options.as_deref(), value);
            let (good, others): (Vec<Value>, Vec<Value>) =
                any.into_iter().partition(|one| refusals(one) == 0);
            let (near, mut bad): (Vec<Value>, Vec<Value>) =
                others.into_iter().partition(|one| options.is_none() && refusals(one) == 1);
            bad.push(Value::Null);
            assert!(!good.is_empty() || kind == "array", "no value for `{name}`");
            Parameter {
                name: name.clone(),
                required: parameter["required"] == true && parameter.get("default").is_none(),
                mentioned: mentioned.iter().filter(|scalar| refusals(scalar) == 0).cloned().collect(),
                good,
                near,
                bad,
                options: options.filter(|_| kind == "array"),
            }
        })
        .collect()
}

/// How many of a parameter's bounds a value breaks; many when it is of another type. Rules and reserved names are
/// no bounds.
fn refusals(parameter: &Value, options: Option<&[String]>, value: &Value) -> usize {
    let bound = |key: &str| parameter[key].as_i64();
    match (parameter["type"].as_str().unwrap(), value) {
        ("boolean", Value::Bool(_)) => 0,
        ("integer", Value::Number(number)) => match number.as_i64() {
            Some(number) => {
                usize::from(bound("minimum").is_some_and(|bound| number < bound))
                    + usize::from(bound("maximum").is_some_and(|bound| number > bound))
                    + usize::from(number.unsigned_abs() > (1 << 53) - 1)
            }
            None => 9,
        },
        ("string", Value::String(text)) => match options {
            Some(options) => usize::from(!options.contains(text)),
            None => {
                let length = i64::try_from(text.chars().count()).unwrap();
                let pattern = parameter["pattern"].as_str().map(|pattern| Pattern::parse(pattern).unwrap());
                let in_format = match parameter["format"].as_str() {
                    Some("date") => berth_core::time::parse_date(text).is_some(),
                    Some(_) => berth_core::time::parse_date_time(text).is_some(),
                    None => true,
                };
                usize::from(bound("minLength").is_some_and(|bound| length < bound))
                    + usize::from(bound("maxLength").is_some_and(|bound| length > bound))
                    + usize::from(pattern.is_some_and(|pattern| !pattern.matches(text)))
                    + usize::from(!in_format)
            }
        },
        _ => 9,
    }
}

/// What rules compare a parameter with.
fn mentioned(rules: &Value, parameter: &str) -> Vec<Value> {
    match rules {
        Value::Object(entries) => {
            entries
                .iter()
                .flat_map(|(key, value)| {
                    if key == parameter { numbers_and_texts(value) } else { mentioned(value, parameter) }
                })
                .collect()
        }
        Value::Array(items) => items.iter().flat_map(|item| mentioned(item, parameter)).collect(),
        _ => Vec::new(),
    }
}

/// What stands in a document: its numbers with their neighbours, its texts with a letter more.
fn numbers_and_texts(value: &Value) -> Vec<Value> {
    match value {
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            (number - 1..=number + 1).map(Value::from).collect()
        }
        Value::String(text) => vec![text.as_str().into(), format!("{text}x").into()],
        Value::Array(items) => items.iter().flat_map(numbers_and_texts).collect(),
        Value::Object(entries) => entries.values().flat_map(numbers_and_texts).collect(),
        Value::Null | Value::Bool(_) => Vec::new(),
    }
}

/// Numbers, and those next to the bounds of a parameter.
fn numbers(parameter: &Value) -> Vec<Value> {
    let bounds = ["minimum", "maximum"].into_iter().filter_map(|key| parameter[key].as_i64());
    let near = bounds.flat_map(|bound| bound - 2..=bound + 2);
    let whole = [0, 1, 2, 3, 5, -1, -3, 9_007_199_254_740_991, -9_007_199_254_740_991];
    let beyond = [9_007_199_254_740_992, -9_007_199_254_740_993, i64::MAX];
    let fractions = [3.0, -0.0, 10.0, 1e2, 2.5, 1e-7, 9_007_199_254_740_992.0, 1e300];
    near.chain(whole).chain(beyond).map(Value::from).chain(fractions.map(Value::from)).collect()
}

fn texts() -> impl Iterator<Item = Value> {
    let at_the_bounds = [1, 2, 3, 8, 9, 20, 21, 32, 33, 50, 51, 63, 64, 500, 501];
    let long =
        at_the_bounds.into_iter().flat_map(|length| ["a", "é", "🚢"].map(|one| one.repeat(length).into()));
    TEXTS.into_iter().map(Value::from).chain(long)
}

const TEXTS: [&str; 78] = [
    "payments",
    "payments-checkout",
    "checkout",
    "platform",
    "search",
    "argo-test-1",
    "a",
    "ab",
    "x9",
    "web-1",
    "shop-frontend",
    "ledger",
    "orders-staging",
    "billing-2026",
    "team-blue",
    "zz",
    "main",
    "ops",
    "ok",
    "fine",
    "ünïcode",
    "",
    " ",
    "-",
    "-a",
    "a-",
    "a--b",
    "A",
    "Payments",
    "payments ",
    "payments\n",
    "pay_ments",
    "pay.ments",
    "default",
    "kube-system",
    "kube-",
    "kube",
    "kubernetes",
    "openshift-x",
    "openshift",
    "request",
    "requests",
    "validate",
    "plan",
    "plans",
    "velero",
    "a.b",
    "a.bc",
    "axb",
    "axbc",
    "x+1",
    "xx1",
    "(",
    "tmp1",
    "tmp[0-9]",
    "AB-123",
    "AB-x.y",
    "AB-xzy",
    "ZZ-999",
    "ab-123",
    "AB-12",
    "2026-12-31",
    "2024-02-29",
    "2026-02-29",
    "1999-12-31",
    "2026-12-31T18:00:00Z",
    "2026-12-31T18:00:00+02:00",
    "2026-12-31t18:00:00Z",
    "2026-12-31T18:00:60Z",
    "2026-12-31T18:00:00",
    "2027-03-31T23:59:59.123456789-05:30",
    "2026-13-01",
    "production",
    "micro",
    "m",
    "web",
    "true",
    "\u{0}",
];
