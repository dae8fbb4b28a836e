//! The program as people and scripts meet it: answers, exit codes, and what really happens.

#[cfg(test)]
mod argo;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod deploy;
#[cfg(test)]
mod diff;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod elsewhere;
#[cfg(test)]
mod engine;
#[cfg(test)]
mod plan_and_render;
#[cfg(test)]
mod policy;
#[cfg(test)]
mod program;
#[cfg(test)]
mod validate;
