//! Both stores of an installation, which must be there.

use std::path::PathBuf;
use std::sync::Arc;

use service::settings::StoreUrl;
use store::StoreError;
use store::casefiles::CaseFiles;
use store::mailroom::Mailroom;

/// Why a store cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub enum StoresError {
    /// The path is mistyped: an empty store would look like one that is done.
    #[error("there is no store at {}", .0.display())]
    Absent(PathBuf),
    /// It does not answer.
    #[error("the {store} cannot be opened")]
    Store {
        /// Which.
        store: &'static str,
        /// Why.
        source: StoreError,
    },
}

/// The store that intake writes to.
pub(super) async fn mailroom(url: &StoreUrl) -> Result<Arc<dyn Mailroom>, StoresError> {
    must_be_there(url)?;
    let opened = service::stores::mailroom(url).await;
    opened.map_err(|source| StoresError::Store {
        store: "mailroom",
        source,
    })
}

/// The store of the cases.
pub(in crate::commands) async fn cases(url: &StoreUrl) -> Result<Arc<dyn CaseFiles>, StoresError> {
    must_be_there(url)?;
    let opened = service::stores::case_files(url).await;
    opened.map_err(|source| StoresError::Store {
        store: "case files",
        source,
    })
}

fn must_be_there(url: &StoreUrl) -> Result<(), StoresError> {
    match url.path().filter(|path| !path.exists()) {
        Some(path) => Err(StoresError::Absent(path.to_owned())),
        None => Ok(()),
    }
}
