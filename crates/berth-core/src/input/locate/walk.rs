//! The way along a JSON pointer through the marks of a text.

use std::ops::Range;

use super::{Kind, Mark, Occurrence, Target};

/// Finds the bytes that `steps` lead to, and whether they lead there to the end.
pub(super) fn find(marks: &[Mark<'_>], steps: &[String], target: Target) -> Option<(Range<usize>, bool)> {
    let walk = Walk::over(marks);
    let mut node = Node { key: None, value: 0 };
    for (depth, step) in steps.iter().enumerate() {
        let occurrence = match target {
            Target::Key(occurrence) if depth + 1 == steps.len() => occurrence,
            _ => Occurrence::First,
        };
        match walk.child(node.value, step, occurrence) {
            Some(child) => node = child,
            None => return Some((walk.range(node, target)?, false)),
        }
    }
    Some((walk.range(node, target)?, true))
}

/// A value and, in a map, its key: indices of marks.
#[derive(Debug, Clone, Copy)]
struct Node {
    key: Option<usize>,
    value: usize,
}

struct Walk<'m, 't> {
    marks: &'m [Mark<'t>],
    /// For each mark, the index of the one after it and all that is inside it.
    after: Vec<usize>,
}

impl<'m, 't> Walk<'m, 't> {
    fn over(marks: &'m [Mark<'t>]) -> Self {
        let mut after: Vec<usize> = (1..=marks.len()).collect();
        let mut open = Vec::new();
        for (at, mark) in marks.iter().enumerate() {
            match mark.kind {
                Kind::Map | Kind::List => open.push(at),
                Kind::Close => {
                    if let Some(after) = open.pop().and_then(|opened| after.get_mut(opened)) {
                        *after = at + 1;
                    }
                }
                Kind::Scalar => {}
            }
        }
        for unclosed in open {
            if let Some(after) = after.get_mut(unclosed) {
                *after = marks.len();
            }
        }
        Self { marks, after }
    }

    fn child(&self, parent: usize, step: &str, occurrence: Occurrence) -> Option<Node> {
        let parent = self.behind_alias(parent);
        match self.marks.get(parent)?.kind {
            Kind::Map => {
                let skipped = match occurrence {
                    Occurrence::First => 0,
                    Occurrence::Second => 1,
                };
                self.entries(parent).filter(|entry| self.says(entry.key, step)).nth(skipped)
            }
            Kind::List => {
                // RFC 6901: `01` is no index.
                let index: usize = step.parse().ok().filter(|index: &usize| index.to_string() == step)?;
                self.children(parent).nth(index).map(|value| Node { key: None, value })
            }
            Kind::Scalar | Kind::Close => None,
        }
    }

    /// The nodes right inside a list or map.
    fn children(&self, parent: usize) -> impl Iterator<Item = usize> {
        let inside = |at: &usize| self.marks.get(*at).is_some_and(|mark| mark.kind != Kind::Close);
        std::iter::successors(Some(parent + 1).filter(inside), move |&at| Some(self.after(at)).filter(inside))
    }

    fn entries(&self, map: usize) -> impl Iterator<Item = Node> {
        let mut children = self.children(map);
        std::iter::from_fn(move || {
            let key = children.next()?;
            Some(Node { key: Some(key), value: children.next()? })
        })
    }

    fn says(&self, key: Option<usize>, step: &str) -> bool {
        key.and_then(|key| self.marks.get(self.behind_alias(key)))
            .is_some_and(|mark| mark.kind == Kind::Scalar && mark.text == step)
    }

    /// The node itself, or the one that it is an alias of.
    fn behind_alias(&self, node: usize) -> usize {
        let alias = self.marks.get(node).map_or(0, |mark| mark.alias);
        let anchored = self.marks.iter().position(|mark| alias != 0 && mark.anchor == alias);
        anchored.unwrap_or(node)
    }

    fn after(&self, node: usize) -> usize {
        self.after.get(node).copied().unwrap_or(self.marks.len())
    }

    fn range(&self, node: Node, target: Target) -> Option<Range<usize>> {
        let first = match target {
            Target::Key(_) => node.key.unwrap_or(node.value),
            Target::Value => node.value,
        };
        let last = self.after(first).saturating_sub(1);
        Some(self.marks.get(first)?.range.start..self.marks.get(last)?.range.end)
    }
}
