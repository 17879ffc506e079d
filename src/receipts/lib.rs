//! Receipts: signed proof that a complaint was taken in on a day, and the tree that keeps the service honest about it.
