//! The tree of one day.

use ring::digest::{Context, SHA256};
use ring::error::Unspecified;
use ring::rand::SecureRandom;

use crate::Hash;

/// Leaves of a tree; one of a day with more receipts is doubled until they fit.
pub const LEAVES: usize = 1 << FEWEST_LEVELS;

const FEWEST_LEVELS: u8 = 12;
/// A billion receipts in a day are not to be expected.
pub(crate) const MOST_LEVELS: u8 = 30;

/// Comes before what a leaf hashes.
pub(crate) const LEAF: u8 = 0;
const NODE: u8 = 1;

/// The leaves of one day, sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    leaves: Vec<Hash>,
    levels: u8,
}

/// Bytes that are not the leaves of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the leaves of a tree")]
pub struct NotATree;

impl Tree {
    /// A tree of a day whose receipts have these leaves. Every other place is filled at random, so no
    /// two are the same: the one that is published first is the tree of its day, and nothing but itself
    /// says which of its leaves are receipts.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn grow(receipts: &[Hash], rng: &dyn SecureRandom) -> Result<Self, Unspecified> {
        let mut leaves = receipts.to_vec();
        leaves.sort_unstable();
        leaves.dedup();
        let real = leaves.len();
        leaves.resize(real.next_power_of_two().max(LEAVES), [0; 32]);
        rng.fill(leaves[real..].as_flattened_mut())?;
        leaves.sort_unstable();
        Ok(Self::of(leaves).expect("it was filled up to a power of two and sorted"))
    }

    fn of(leaves: Vec<Hash>) -> Option<Self> {
        let sound = leaves.len().is_power_of_two() && leaves.is_sorted();
        let levels = u8::try_from(leaves.len().checked_ilog2()?).ok()?;
        let sound = sound && (FEWEST_LEVELS..=MOST_LEVELS).contains(&levels);
        sound.then_some(Self { leaves, levels })
    }

    /// Reads the leaves as [`Self::to_bytes`] wrote them.
    ///
    /// # Errors
    /// [`NotATree`] if they are not as many as a tree has, or not sorted.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotATree> {
        let (leaves, rest) = bytes.as_chunks();
        if !rest.is_empty() {
            return Err(NotATree);
        }
        Self::of(leaves.to_vec()).ok_or(NotATree)
    }

    /// The leaves, one after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.leaves.concat()
    }

    /// Logarithm of the number of leaves.
    pub(crate) fn levels(&self) -> u8 {
        self.levels
    }

    /// The hash at its top.
    pub fn root(&self) -> Hash {
        let mut level = self.leaves.clone();
        while level.len() > 1 {
            level = above(&level);
        }
        level[0]
    }

    /// Where a leaf stands, and the hashes beside its way up; `None` if it is not there.
    pub(crate) fn path(&self, leaf: &Hash) -> Option<(u32, Vec<Hash>)> {
        let place = self.leaves.binary_search(leaf).ok()?;
        let mut level = self.leaves.clone();
        let mut at = place;
        let mut beside = Vec::with_capacity(self.levels.into());
        while level.len() > 1 {
            beside.push(level[at ^ 1]);
            level = above(&level);
            at /= 2;
        }
        Some((u32::try_from(place).ok()?, beside))
    }
}

/// The root that a leaf at a place leads to past these hashes; `None` if the place is not in a tree of
/// that height.
pub(crate) fn root_of(leaf: Hash, place: u32, beside: &[Hash]) -> Option<Hash> {
    let mut at = place;
    let mut hash = leaf;
    for other in beside {
        hash = if at.is_multiple_of(2) {
            node(&hash, other)
        } else {
            node(other, &hash)
        };
        at /= 2;
    }
    (at == 0).then_some(hash)
}

fn above(level: &[Hash]) -> Vec<Hash> {
    let (pairs, _) = level.as_chunks();
    pairs
        .iter()
        .map(|[left, right]| node(left, right))
        .collect()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[NODE]);
    context.update(left);
    context.update(right);
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use ring::rand::SystemRandom;

    use super::*;

    fn leaves(count: u16) -> Vec<Hash> {
        let leaf = |n: u16| {
            let mut hash = [0; 32];
            hash.copy_from_slice(ring::digest::digest(&SHA256, &n.to_be_bytes()).as_ref());
            hash
        };
        (0..count).map(leaf).collect()
    }

    fn grow(receipts: &[Hash]) -> Tree {
        Tree::grow(receipts, &SystemRandom::new()).unwrap()
    }

    #[test]
    fn trees_of_none_one_and_many_receipts_have_the_same_form() {
        for count in [0, 1, 2, 1_000, 4_096] {
            let tree = grow(&leaves(count));
            assert_eq!(tree.to_bytes().len(), LEAVES * 32, "{count}");
            assert_eq!(tree.levels(), 12, "{count}");
            assert_eq!(Tree::from_bytes(&tree.to_bytes()), Ok(tree));
        }
        assert_eq!(grow(&leaves(4_097)).levels(), 13);
    }

    #[test]
    fn no_filler_comes_again_when_the_same_tree_is_grown_again() {
        let receipts = leaves(50);
        let set = |tree: Tree| tree.leaves.into_iter().collect::<BTreeSet<Hash>>();
        let (one, again) = (set(grow(&receipts)), set(grow(&receipts)));
        assert_eq!(one.len(), LEAVES);
        let shared: BTreeSet<Hash> = one.intersection(&again).copied().collect();
        assert_eq!(shared, receipts.into_iter().collect());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]

        #[test]
        fn every_receipt_has_a_way_to_the_root(count in 1_u16..5_000, at in any::<prop::sample::Index>()) {
            let receipts = leaves(count);
            let tree = grow(&receipts);
            let root = tree.root();
            for leaf in [receipts[0], *at.get(&receipts), receipts[receipts.len() - 1]] {
                let (place, beside) = tree.path(&leaf).unwrap();
                prop_assert_eq!(root_of(leaf, place, &beside), Some(root));
            }
        }
    }

    #[test]
    fn every_leaf_leads_to_the_root_and_nothing_else_does() {
        let tree = grow(&leaves(100));
        let root = tree.root();
        for (leaf, other) in tree
            .leaves
            .iter()
            .zip(tree.leaves.iter().skip(1))
            .step_by(409)
        {
            let (place, beside) = tree.path(leaf).unwrap();
            assert_eq!(beside.len(), 12);
            assert_eq!(root_of(*leaf, place, &beside), Some(root));
            assert_ne!(root_of(*other, place, &beside), Some(root));
            assert_ne!(root_of(*leaf, place ^ 1, &beside), Some(root));
            assert_eq!(root_of(*leaf, place + 4_096, &beside), None);
            assert_ne!(root_of(*leaf, place, &beside[1..]), Some(root));
        }
        assert_eq!(tree.path(&[0; 32]), None);
    }

    #[test]
    fn what_is_not_sorted_or_not_as_many_is_no_tree() {
        let bytes = grow(&[]).to_bytes();
        let mut turned = bytes.clone();
        turned.rotate_left(32);
        for wrong in [&bytes[..bytes.len() / 2], &bytes[1..], &turned, &[]] {
            assert_eq!(Tree::from_bytes(wrong), Err(NotATree));
        }
    }
}
