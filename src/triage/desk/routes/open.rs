//! Addresses that anybody may call.

use super::Access::Open;
use super::{Address, table};
use crate::desk::{assets, health};

pub(super) const ADDRESSES: &[Address] = table! {
    "/static/{file}" { Get by Open => assets::show }
    "/health/live" { Get by Open => health::live }
    "/health/ready" { Get by Open => health::ready }
};
