//! Mutexes between Workflows: first come, first served, and all locks of a Workflow at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

#[derive(Debug, Default)]
pub(super) struct Locks {
    table: Mutex<BTreeMap<String, Lock>>,
    released: Notify,
}

#[derive(Debug, Default)]
struct Lock {
    holder: Option<String>,
    queue: VecDeque<String>,
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
    claimant: String,
}

impl Locks {
    /// Gets in line.
    pub(super) fn claim(&self, claimant: String, names: &[String]) -> Claim<'_> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        for name in names {
            table.entry(name.clone()).or_default().queue.push_back(claimant.clone());
        }
        Claim { locks: self, claimant }
    }

    /// Ends when a lock was given back after the call.
    pub(super) fn released(&self) -> tokio::sync::futures::Notified<'_> {
        self.released.notified()
    }
}

impl Claim<'_> {
    /// Takes all the locks, or none.
    pub(super) fn take(&self) -> Result<(), Busy> {
        let mut table = self.locks.table.lock().unwrap_or_else(PoisonError::into_inner);
        for (name, lock) in table.iter().filter(|(_, lock)| lock.queue.contains(&self.claimant)) {
            let before = lock.holder.as_ref().or(lock.queue.front()).filter(|first| **first != self.claimant);
            if let Some(holder) = before {
                return Err(Busy { lock: name.clone(), holder: holder.clone() });
            }
        }
        for lock in table.values_mut().filter(|lock| lock.queue.front() == Some(&self.claimant)) {
            lock.holder = lock.queue.pop_front();
        }
        Ok(())
    }
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut table = self.locks.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.retain(|_, lock| {
            lock.queue.retain(|waiting| *waiting != self.claimant);
            lock.holder.take_if(|holder| *holder == self.claimant);
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

    #[test]
    fn a_mutex_goes_from_hand_to_hand_in_order() {
        let locks = Locks::default();
        let mutex = names(&["argo/Mutex/berth-dev-payments"]);
        let [first, second, third] = ["argo/first", "argo/second", "argo/third"]
            .map(|claimant| locks.claim(claimant.to_owned(), &mutex));
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
        let one = locks.claim("argo/one".to_owned(), &names(&["b"]));
        one.take().unwrap();
        let both = locks.claim("argo/both".to_owned(), &names(&["a", "b"]));
        assert_eq!(both.take().unwrap_err().lock, "b");
        let other = locks.claim("argo/other".to_owned(), &names(&["a"]));
        assert_eq!(other.take().unwrap_err().holder, "argo/both", "it is next in line for `a`, too");
        drop(both);
        assert_eq!(other.take(), Ok(()));
    }
}
