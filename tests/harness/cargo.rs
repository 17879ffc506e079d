//! What cargo knows of this workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the workspace.
///
/// # Panics
/// Never: this package lies in it.
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package lies in the workspace")
}

/// Where builds go.
///
/// # Panics
/// When the test was not built by cargo.
pub fn target() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own file");
    // target/<profile>/deps/<test>
    test.ancestors()
        .nth(3)
        .expect("tests are built into the target folder")
        .to_owned()
}

/// Runs cargo in the workspace, with nothing in its environment that cargo told this test: some build
/// scripts look at it, and half the tree would be built again.
///
/// # Panics
/// When cargo cannot be started.
pub fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in std::env::vars_os() {
        let told = [
            "CARGO_PKG_",
            "CARGO_MANIFEST_",
            "CARGO_BIN_",
            "CARGO_CRATE_",
            "NEXTEST",
        ];
        if told
            .iter()
            .any(|start| name.to_string_lossy().starts_with(start))
        {
            command.env_remove(name);
        }
    }
    command
        .args(arguments)
        .current_dir(workspace())
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo can be started")
}
