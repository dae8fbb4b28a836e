//! The names that Argo makes: ids of nodes, names of pods.

/// The id of a node: the Workflow's name, and for all but its main node a hash of the node's name.
pub(super) fn node_id(workflow: &str, node: &str) -> String {
    if node == workflow { workflow.to_owned() } else { format!("{workflow}-{}", fnv1_32a(node)) }
}

/// The name of a node's pod.
pub(super) fn pod_name(workflow: &str, template: &str, node: &str) -> String {
    if node == workflow { workflow.to_owned() } else { format!("{workflow}-{template}-{}", fnv1_32a(node)) }
}

/// The hash that Go's `fnv.New32a` gives.
fn fnv1_32a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_go() {
        // The published test vectors of FNV-1a.
        assert_eq!(
            (fnv1_32a(""), fnv1_32a("a"), fnv1_32a("foobar")),
            (0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968)
        );
        assert_eq!(node_id("berth-namespace-1", "berth-namespace-1"), "berth-namespace-1");
        assert_eq!(pod_name("w", "berth", "foobar"), "w-berth-3214735720");
    }
}
