//! Files in, reports and copies out: what senders and the committee rely on.

#[cfg(test)]
mod copies;
#[cfg(test)]
mod corpus;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod making;
#[cfg(test)]
mod program;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod second_opinion;
#[cfg(test)]
mod views;
