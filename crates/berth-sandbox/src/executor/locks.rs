//! Mutexes between Workflows: first come, first served, and all locks of a Workflow at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;
use tokio::sync::futures::Notified;

#[derive(Debug, Default)]
pub(super) struct Locks {
    table: Mutex<BTreeMap<String, Lock>>,
    released: Notify,
}

#[derive(Debug, Default)]
struct Lock {
    holder: Option<Claimant>,
    queue: VecDeque<Claimant>,
}

/// A Workflow. Another one may have had its name before, and may still be ending; the uid tells them apart.
#[derive(Clone, Debug)]
pub(super) struct Claimant {
    pub(super) uid: String,
    /// As a status shows it: `<namespace>/<name>`.
    pub(super) name: String,
}

/// A lock that another Workflow holds or will get first.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Busy {
    pub(super) lock: String,
    /// Who has it, or is next.
    pub(super) holder: String,
}

/// Locks that are held, or waited for, until this is dropped.
#[derive(Debug)]
pub(super) struct Claim<'a> {
    locks: &'a Locks,
    uid: String,
}

impl Locks {
    /// Gets in line.
    pub(super) fn claim(&self, claimant: &Claimant, names: &[String]) -> Claim<'_> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            table.entry(name.clone()).or_default().queue.push_back(claimant.clone());
        }
        Claim { locks: self, uid: claimant.uid.clone() }
    }

    /// Ends when a lock was given back after the call.
    pub(super) fn released(&self) -> Notified<'_> {
        self.released.notified()
    }
}

impl Claim<'_> {
    /// Takes all the locks, or none.
    pub(super) fn take(&self) -> Result<(), Busy> {
        let is_ours = |claimant: &Claimant| claimant.uid == self.uid;
        let mut table = self.locks.table.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, lock) in table.iter().filter(|(_, lock)| lock.queue.iter().any(is_ours)) {
            if let Some(first) = lock.holder.as_ref().or(lock.queue.front()).filter(|first| !is_ours(first)) {
                return Err(Busy { lock: name.clone(), holder: first.name.clone() });
            }
        }
        for lock in table.values_mut().filter(|lock| lock.queue.front().is_some_and(is_ours)) {
            lock.holder = lock.queue.pop_front();
        }
        Ok(())
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut table = self.locks.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.retain(|_, lock| {
            lock.queue.retain(|claimant| claimant.uid != self.uid);
            lock.holder.take_if(|claimant| claimant.uid == self.uid);
            lock.holder.is_some() || !lock.queue.is_empty()
        });
        self.locks.released.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn claimant(name: &str) -> Claimant {
        Claimant { uid: format!("uid of {name}"), name: name.to_owned() }
    }

    #[test]
    fn a_mutex_goes_from_hand_to_hand_in_order() {
        let locks = Locks::default();
        let mutex = names(&["argo/Mutex/berth-dev-payments"]);
        let [first, second, third] =
            ["argo/first", "argo/second", "argo/third"].map(|name| locks.claim(&claimant(name), &mutex));
        assert_eq!(third.take().unwrap_err().holder, "argo/first");
        assert_eq!(first.take(), Ok(()));
        let busy = Busy { lock: mutex[0].clone(), holder: "argo/first".to_owned() };
        assert_eq!(second.take(), Err(busy));
        drop(first);
        assert_eq!(third.take().unwrap_err().holder, "argo/second", "the second came before the third");
        assert_eq!(second.take(), Ok(()));
        drop(second);
        assert_eq!(third.take(), Ok(()));
        drop(third);
        assert!(locks.table.lock().unwrap().is_empty());
    }

    #[test]
    fn two_mutexes_are_taken_together_or_not_at_all() {
        let locks = Locks::default();
        let one = locks.claim(&claimant("argo/one"), &names(&["b"]));
        one.take().unwrap();
        let both = locks.claim(&claimant("argo/both"), &names(&["a", "b"]));
        assert_eq!(both.take().unwrap_err().lock, "b");
        let other = locks.claim(&claimant("argo/other"), &names(&["a"]));
        assert_eq!(other.take().unwrap_err().holder, "argo/both", "it is next in line for `a`, too");
        drop(both);
        assert_eq!(other.take(), Ok(()));
    }

    #[test]
    fn who_has_the_name_of_one_that_is_ending_keeps_its_place() {
        let locks = Locks::default();
        let mutex = names(&["m"]);
        let ending = locks.claim(&claimant("argo/berth-1"), &mutex);
        ending.take().unwrap();
        let same_name = Claimant { uid: "another uid".to_owned(), name: "argo/berth-1".to_owned() };
        let next = locks.claim(&same_name, &mutex);
        assert_eq!(next.take().unwrap_err().holder, "argo/berth-1");
        drop(ending);
        assert_eq!(next.take(), Ok(()));
    }
}
