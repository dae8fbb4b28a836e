//! What holds for every request and everything that is rendered, whatever people write: proved on generated requests
//! with nasty texts, over the default documents and the corpus's fixtures.

#[cfg(test)]
mod arguments;
#[cfg(test)]
mod changes;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod objects;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod requests;
#[cfg(test)]
mod workflows;
