//! From a command line to a [`Call`]: exactly these shapes, everything else is refused by name.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Call, FieldPath, FieldPathError, ListOutput, Selector, SelectorError, Target};
use crate::names::{is_dns_label, is_dns_subdomain, is_label_key};

/// Why a command line is none of the shapes.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShapeError {
    /// The verb is another one, or is missing.
    #[error("`kubectl {0}` is not a call that berth renders: it uses apply, delete, get, label and wait")]
    Verb(String),
    /// An argument that no shape of this verb has.
    #[error("`kubectl {verb}` with the argument `{argument}` is not a call that berth renders")]
    Argument {
        /// The verb.
        verb: String,
        /// What is not known.
        argument: String,
    },
    /// A flag without which the shape is another one.
    #[error("`kubectl {verb}` without `{flag}` is not a call that berth renders")]
    Missing {
        /// The verb.
        verb: String,
        /// What is missing.
        flag: &'static str,
    },
    /// A selector of another form.
    #[error(transparent)]
    Selector(#[from] SelectorError),
    /// A path of another form.
    #[error(transparent)]
    Path(#[from] FieldPathError),
}

impl Call {
    /// The call that the arguments of `kubectl` stand for.
    ///
    /// # Errors
    /// When they have none of the shapes.
    pub fn parse(arguments: &[String]) -> Result<Self, ShapeError> {
        let (verb, rest) = arguments.split_first().ok_or_else(|| ShapeError::Verb(String::new()))?;
        let mut line = Line::new(verb, rest)?;
        let call = match verb.as_str() {
            "wait" => wait(&mut line)?,
            "apply" => apply(&mut line)?,
            "get" => get(&mut line)?,
            "label" => label(&mut line)?,
            "delete" => delete(&mut line)?,
            _ => return Err(ShapeError::Verb(verb.clone())),
        };
        line.end()?;
        Ok(call)
    }
}

fn wait(line: &mut Line<'_>) -> Result<Call, ShapeError> {
    let condition = line.required("--for")?;
    let timeout = line.seconds("--timeout")?.ok_or_else(|| line.missing("--timeout"))?;
    let namespace = line.namespace()?;
    let what = line.word("a kind")?;
    if condition == "delete" {
        let selector = line.required("--selector")?.parse()?;
        return Ok(Call::WaitForDelete { kind: line.kind(what)?, selector, namespace, timeout });
    }
    let field = condition.strip_prefix("jsonpath=").and_then(|rest| rest.split_once("}="));
    let (path, value) = field.ok_or_else(|| line.unknown(&format!("--for={condition}")))?;
    let path: FieldPath = format!("{path}}}").parse()?;
    let target = if let Some((kind, name)) = what.split_once('/') {
        if !is_dns_subdomain(name) {
            return Err(line.unknown(what));
        }
        Target::Named { kind: line.kind(kind)?, name: name.to_owned() }
    } else {
        Target::Matching { kind: line.kind(what)?, selector: line.required("--selector")?.parse()? }
    };
    Ok(Call::WaitForField { target, namespace, path, value: value.to_owned(), timeout })
}

fn apply(line: &mut Line<'_>) -> Result<Call, ShapeError> {
    line.switch("--server-side")?;
    // There is one field manager in memory, and the real kubectl reads it itself.
    match line.optional("--force-conflicts")? {
        None | Some("true" | "false") => {}
        Some(other) => return Err(line.unknown(&format!("--force-conflicts={other}"))),
    }
    match line.required("--field-manager")? {
        "berth" => Ok(Call::Apply { file: line.required("--filename")?.to_owned() }),
        other => Err(line.unknown(&format!("--field-manager={other}"))),
    }
}

fn get(line: &mut Line<'_>) -> Result<Call, ShapeError> {
    let files = line.all("--filename");
    let output = match line.required("--output")? {
        "name" => ListOutput::Name,
        STATE if files.is_empty() => ListOutput::State,
        other => return Err(line.unknown(&format!("--output={other}"))),
    };
    if !files.is_empty() {
        return Ok(Call::Get { files });
    }
    let Some(selector) = line.optional("--selector")? else { return Err(line.missing("--filename")) };
    let (selector, namespace) = (selector.parse()?, line.namespace()?);
    let kinds = line.word("a kind")?.split(',').map(|kind| line.kind(kind)).collect::<Result<_, _>>()?;
    Ok(Call::List { kinds, selector, namespace, output })
}

/// What tells the state of a namespace, and what holds one that hangs.
const STATE: &str = r#"jsonpath={range .items[*]}{.metadata.name}{" "}{.status.phase}{" "}{.metadata.finalizers}{"\n"}{range .status.conditions[?(@.status=="True")]}{.type}{": "}{.message}{"\n"}{end}{end}"#;

fn label(line: &mut Line<'_>) -> Result<Call, ShapeError> {
    let selector = line.required("--selector")?.parse()?;
    let namespace = line.namespace()?;
    let kind = line.word("a kind")?;
    let kind = line.kind(kind)?;
    let change = line.word("a label")?;
    let label =
        change.strip_suffix('-').filter(|label| is_label_key(label)).ok_or_else(|| line.unknown(change))?;
    Ok(Call::Unlabel { kind, selector, namespace, label: label.to_owned() })
}

fn delete(line: &mut Line<'_>) -> Result<Call, ShapeError> {
    line.switch("--ignore-not-found")?;
    let wait = match line.optional("--wait")? {
        None | Some("true") => true,
        Some("false") => false,
        Some(other) => return Err(line.unknown(&format!("--wait={other}"))),
    };
    let timeout = line.seconds("--timeout")?;
    let files = line.all("--filename");
    if !files.is_empty() {
        return Ok(Call::DeleteFiles { files, wait, timeout });
    }
    let selector = line.required("--selector")?.parse::<Selector>()?;
    let name = match line.optional("--field-selector")? {
        None => None,
        Some(field) => {
            let name = field.strip_prefix("metadata.name=").filter(|name| is_dns_subdomain(name));
            Some(name.ok_or_else(|| line.unknown(&format!("--field-selector={field}")))?.to_owned())
        }
    };
    let namespace = line.namespace()?;
    let kind = line.word("a kind")?;
    Ok(Call::Delete { kind: line.kind(kind)?, selector, name, namespace, wait, timeout })
}

/// The arguments behind the verb; each is taken once, and what is left over at the end is refused.
struct Line<'a> {
    verb: &'a str,
    flags: BTreeMap<&'a str, Vec<&'a str>>,
    words: std::vec::IntoIter<&'a str>,
}

impl<'a> Line<'a> {
    fn new(verb: &'a str, arguments: &'a [String]) -> Result<Self, ShapeError> {
        let mut flags: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut words = Vec::new();
        for argument in arguments {
            if !argument.starts_with('-') {
                words.push(argument.as_str());
            } else if argument.starts_with("--") {
                let (flag, value) = argument.split_once('=').unwrap_or((argument, ""));
                flags.entry(flag).or_default().push(value);
            } else {
                return Err(ShapeError::Argument { verb: verb.to_owned(), argument: argument.clone() });
            }
        }
        Ok(Self { verb, flags, words: words.into_iter() })
    }

    fn missing(&self, flag: &'static str) -> ShapeError {
        ShapeError::Missing { verb: self.verb.to_owned(), flag }
    }

    fn unknown(&self, argument: &str) -> ShapeError {
        ShapeError::Argument { verb: self.verb.to_owned(), argument: argument.to_owned() }
    }

    fn all(&mut self, flag: &str) -> Vec<String> {
        self.flags.remove(flag).unwrap_or_default().into_iter().map(str::to_owned).collect()
    }

    fn optional(&mut self, flag: &'static str) -> Result<Option<&'a str>, ShapeError> {
        match self.flags.remove(flag).as_deref() {
            None => Ok(None),
            Some([value]) if !value.is_empty() => Ok(Some(value)),
            Some([_]) => Err(self.unknown(flag)),
            Some(_) => Err(self.unknown(&format!("{flag} twice"))),
        }
    }

    fn required(&mut self, flag: &'static str) -> Result<&'a str, ShapeError> {
        self.optional(flag)?.ok_or_else(|| self.missing(flag))
    }

    fn switch(&mut self, flag: &'static str) -> Result<(), ShapeError> {
        match self.flags.remove(flag).as_deref() {
            Some([""]) => Ok(()),
            Some([value, ..]) => Err(self.unknown(&format!("{flag}={value}"))),
            _ => Err(self.missing(flag)),
        }
    }

    fn seconds(&mut self, flag: &'static str) -> Result<Option<Duration>, ShapeError> {
        let Some(text) = self.optional(flag)? else { return Ok(None) };
        let seconds = text.strip_suffix('s').and_then(|number| number.parse::<u16>().ok());
        let seconds = seconds.ok_or_else(|| self.unknown(&format!("{flag}={text}")))?;
        Ok(Some(Duration::from_secs(seconds.into())))
    }

    fn namespace(&mut self) -> Result<Option<String>, ShapeError> {
        let Some(name) = self.optional("--namespace")? else { return Ok(None) };
        if is_dns_label(name) {
            Ok(Some(name.to_owned()))
        } else {
            Err(self.unknown(&format!("--namespace={name}")))
        }
    }

    fn word(&mut self, what: &'static str) -> Result<&'a str, ShapeError> {
        self.words.next().ok_or_else(|| self.missing(what))
    }

    fn kind(&self, text: &str) -> Result<String, ShapeError> {
        if is_dns_subdomain(text) { Ok(text.to_owned()) } else { Err(self.unknown(text)) }
    }

    fn end(mut self) -> Result<(), ShapeError> {
        let rest = self.flags.keys().next().copied().or_else(|| self.words.next());
        rest.map_or(Ok(()), |argument| Err(self.unknown(argument)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Call, ShapeError> {
        let arguments: Vec<_> = line.split_whitespace().map(str::to_owned).collect();
        Call::parse(&arguments)
    }

    #[test]
    fn the_shapes_are_understood() {
        let guard = "wait --for=delete namespaces --selector=kubernetes.io/metadata.name=x,p.io/provisioning!=r1 --timeout=1s";
        assert!(matches!(parse(guard), Ok(Call::WaitForDelete { namespace: None, .. })));
        let ready = "wait --for=jsonpath={.status.phase}=Active namespaces --selector=p.io/request-id=r1 --timeout=5s";
        assert!(matches!(parse(ready), Ok(Call::WaitForField { target: Target::Matching { .. }, .. })));
        let quota = r"wait --for=jsonpath={.spec.hard.requests\.cpu}=2 resourcequotas/compute-quota --namespace=x --timeout=30s";
        assert!(
            matches!(parse(quota), Ok(Call::WaitForField { target: Target::Named { .. }, value, .. }) if value == "2")
        );
        let apply = parse("apply --server-side --field-manager=berth --filename=/berth/quotas.json").unwrap();
        assert_eq!(apply.files(), ["/berth/quotas.json"]);
        let get = parse("get --filename=/berth/a.json --filename=/berth/b.json --output=name").unwrap();
        assert_eq!(get.files(), ["/berth/a.json", "/berth/b.json"]);
        let list = parse(
            "get resourcequota,networkpolicy.networking.k8s.io --selector=p.io/request-id=r1 --namespace=x --output=name",
        );
        assert!(matches!(list, Ok(Call::List { kinds, output: ListOutput::Name, .. }) if kinds.len() == 2));
        let label = parse("label namespaces --selector=p.io/provisioning=r1 p.io/provisioning-");
        assert!(matches!(label, Ok(Call::Unlabel { label, .. }) if label == "p.io/provisioning"));
        let delete = "delete schedules.velero.io --selector=p.io/request-id=r1 --field-selector=metadata.name=x --namespace=velero --ignore-not-found --wait=false --timeout=9s";
        assert!(
            matches!(parse(delete), Ok(Call::Delete { wait: false, name: Some(name), .. }) if name == "x")
        );
    }

    #[test]
    fn everything_else_is_refused_by_name() {
        let refused = [
            ("", "`kubectl `"),
            ("exec pod/x -- sh", "exec"),
            ("apply -f /berth/x.json", "-f"),
            (
                "apply --server-side --field-manager=berth --filename=/berth/x.json --force-conflicts",
                "--force-conflicts",
            ),
            ("apply --server-side --field-manager=me --filename=/berth/x.json", "--field-manager=me"),
            (
                "apply --server-side=false --field-manager=berth --filename=/berth/x.json",
                "--server-side=false",
            ),
            ("apply --field-manager=berth --filename=/berth/x.json", "--server-side"),
            ("delete namespaces payments --selector=a=b --ignore-not-found", "payments"),
            ("delete namespaces --all --ignore-not-found", "--selector"),
            ("delete pods --filename=/berth/x.json --ignore-not-found", "pods"),
            ("delete --filename=/berth/x.json", "--ignore-not-found"),
            ("delete --filename=/berth/x.json --selector=a=b --ignore-not-found", "--selector"),
            ("delete namespaces --selector=a=b", "--ignore-not-found"),
            (
                "delete namespaces --selector=a=b --ignore-not-found --field-selector=status.phase=Active",
                "status.phase",
            ),
            ("label namespaces --selector=a=b team=payments", "team=payments"),
            ("wait --for=delete namespaces --selector=a=b", "--timeout"),
            ("wait --for=delete namespaces --selector=a=b --timeout=5m", "--timeout=5m"),
            ("wait --for=condition=Ready pods --selector=a=b --timeout=5s", "--for=condition=Ready"),
            ("wait --for=delete namespaces --selector=a=b --selector=c=d --timeout=5s", "--selector twice"),
            ("get --filename=/berth/x.json --output=yaml", "--output=yaml"),
            ("get pods,../x --selector=a=b --output=name", "../x"),
            ("get pods --selector=a=b --output=jsonpath={.items}", "{.items}"),
            ("get pods --output=name", "--filename"),
            ("get --filename=/berth/x.json --output=name --kubeconfig=/etc/admin.conf", "--kubeconfig"),
        ];
        for (line, named) in refused {
            let message = parse(line).unwrap_err().to_string();
            assert!(message.contains(named), "{line}: {message}");
        }
    }
}
