//! Circles that many cases share: in most cases the same members may open them.

use std::collections::HashSet;
use std::sync::Arc;

use committee::circle::Circle;

/// Each circle once.
#[derive(Default)]
pub(super) struct Circles(HashSet<Arc<Circle>>);

impl Circles {
    /// The one that is like this, without the names of the case's keys.
    pub(super) fn one(&mut self, circle: Circle) -> Arc<Circle> {
        let circle = circle.without_keys();
        if let Some(known) = self.0.get(&circle) {
            return Arc::clone(known);
        }
        let new = Arc::new(circle);
        self.0.insert(Arc::clone(&new));
        new
    }

    /// Forgets those that no case has any more.
    pub(super) fn forget_unused(&mut self) {
        self.0.retain(|circle| Arc::strong_count(circle) > 1);
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
