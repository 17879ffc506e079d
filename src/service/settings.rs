//! Settings that several programs take, parsed once.

use std::fmt;
use std::str::FromStr;

/// Address of a store: `sqlite://PATH` or `postgres://…`. `Debug` shows the scheme only, since the
/// rest may hold a password.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreUrl {
    engine: Engine,
    url: String,
}

/// Which database a store lives in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file, created when absent.
    Sqlite,
    /// A server.
    Postgres,
}

/// A text that is not the address of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a store's URL reads sqlite://PATH or postgres://…")]
pub struct NotAStoreUrl;

impl StoreUrl {
    /// Which engine it names.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The whole address, password included, for the driver.
    pub fn expose(&self) -> &str {
        &self.url
    }

    /// The path of a SQLite store.
    pub fn path(&self) -> Option<&std::path::Path> {
        match self.engine {
            Engine::Sqlite => self.url.strip_prefix("sqlite://").map(std::path::Path::new),
            Engine::Postgres => None,
        }
    }
}

impl FromStr for StoreUrl {
    type Err = NotAStoreUrl;

    fn from_str(url: &str) -> Result<Self, NotAStoreUrl> {
        let engine = if url
            .strip_prefix("sqlite://")
            .is_some_and(|path| !path.is_empty())
        {
            Engine::Sqlite
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Engine::Postgres
        } else {
            return Err(NotAStoreUrl);
        };
        Ok(Self {
            engine,
            url: url.to_owned(),
        })
    }
}

impl fmt::Debug for StoreUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreUrl({:?}, …)", self.engine)
    }
}

/// `on` or `off`, as an option or environment variable takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    /// In force.
    On,
    /// Not in force.
    Off,
}

impl Switch {
    /// Whether it is on.
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_its_engine_and_debug_hides_the_password() {
        let url: StoreUrl = "postgres://intake:secreto@localhost/mailroom"
            .parse()
            .unwrap();
        assert_eq!(url.engine(), Engine::Postgres);
        assert!(!format!("{url:?}").contains("secreto"));
        let file: StoreUrl = "sqlite://data/mailroom.db".parse().unwrap();
        assert_eq!(file.path(), Some(std::path::Path::new("data/mailroom.db")));
    }

    #[test]
    fn anything_else_is_refused() {
        for bad in ["", "sqlite://", "mysql://x", "data/mailroom.db", "sqlite:x"] {
            assert_eq!(bad.parse::<StoreUrl>(), Err(NotAStoreUrl), "{bad}");
        }
    }
}
