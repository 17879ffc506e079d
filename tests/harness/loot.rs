//! What whoever holds a database can read with the private keys that they have: every value is tried
//! with every key, and every key that comes to light is tried in turn. No code of ours helps.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use age::x25519::Identity;
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

use super::house::House;
use super::postgres::Postgres;

/// What every private key begins with.
// In two parts, so that this file holds none.
const KEY: &str = concat!("AGE-SECRET-", "KEY-1");

/// Every value of both databases, as bytes.
#[derive(Debug)]
pub struct Loot {
    values: Vec<Vec<u8>>,
}

/// What opened.
#[derive(Debug, Default)]
pub struct Opened {
    /// What was read, as text.
    pub texts: Vec<String>,
    /// The keys that were found on the way, besides the first.
    pub keys: BTreeSet<String>,
}

impl Opened {
    /// Whether something that was read holds a text.
    pub fn tells(&self, text: &str) -> bool {
        self.texts.iter().any(|one| one.contains(text))
    }
}

impl Loot {
    /// Takes all that both stores of a house hold.
    ///
    /// # Panics
    /// When they cannot be read.
    pub async fn of(house: &House) -> Self {
        let mut values = Vec::new();
        for store in [house.mailroom(), house.cases()] {
            match store.strip_prefix("sqlite://") {
                Some(file) => of_sqlite(file, &mut values).await,
                None => of_postgres(store, &mut values),
            }
        }
        assert!(values.len() > 10, "there is something to take");
        Self { values }
    }

    /// Private keys that lie in the stores as they are.
    pub fn keys_in_clear(&self) -> Vec<String> {
        let texts = self.values.iter();
        texts
            .flat_map(|value| keys_in(&String::from_utf8_lossy(value)))
            .collect()
    }

    /// Tries every value with a private key, and with the keys that this brings to light.
    ///
    /// # Panics
    /// When the key is none.
    pub fn open_with(&self, key: &str) -> Opened {
        let mut opened = Opened::default();
        let mut read = BTreeMap::new();
        let mut todo = vec![key.to_owned()];
        while let Some(key) = todo.pop() {
            let identity: Identity = key.parse().expect("it is a key");
            for (at, value) in self.values.iter().enumerate() {
                if read.contains_key(&at) {
                    continue;
                }
                let Some(text) = unlock(value, &identity) else {
                    continue;
                };
                for found in keys_in(&text) {
                    if opened.keys.insert(found.clone()) {
                        todo.push(found);
                    }
                }
                read.insert(at, text);
            }
        }
        opened.texts = read.into_values().collect();
        opened
    }
}

/// Opens an age file that may have a length before it and anything after it.
fn unlock(value: &[u8], identity: &Identity) -> Option<String> {
    let start = value
        .windows(4)
        .take(16)
        .position(|window| window == b"age-")?;
    // The length is in the four bytes before; a file that stands alone has none.
    let file = match start
        .checked_sub(4)
        .and_then(|at| value[at..].first_chunk())
    {
        Some(length) => {
            let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
            value.get(start..start + length).unwrap_or(&value[start..])
        }
        None => &value[start..],
    };
    let decryptor = age::Decryptor::new(file).ok()?;
    let identities = [identity as &dyn age::Identity];
    let mut text = Vec::new();
    let mut reader = decryptor.decrypt(identities.into_iter()).ok()?;
    reader.read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

fn keys_in(text: &str) -> Vec<String> {
    text.match_indices(KEY)
        .map(|(at, _)| {
            let rest = text[at..].chars();
            rest.take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
                .collect()
        })
        .filter(|key: &String| key.parse::<Identity>().is_ok())
        .collect()
}

async fn of_sqlite(file: &str, values: &mut Vec<Vec<u8>>) {
    let mut store = sqlx::SqliteConnection::connect(&format!("sqlite://{file}?mode=ro"))
        .await
        .expect("the file can be read");
    let columns = sqlx::query(
        "SELECT m.name AS whole, c.name AS part \
         FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    )
    .fetch_all(&mut store)
    .await
    .expect("the tables are told");
    for column in columns {
        let (table, column): (String, String) = (column.get("whole"), column.get("part"));
        let query = format!(
            "SELECT CAST(\"{column}\" AS BLOB) FROM \"{table}\" WHERE \"{column}\" IS NOT NULL"
        );
        let rows = sqlx::query(AssertSqlSafe(query))
            .fetch_all(&mut store)
            .await;
        values.extend(
            rows.expect("the rows are told")
                .iter()
                .map(|row| row.get(0)),
        );
    }
}

fn of_postgres(store: &str, values: &mut Vec<Vec<u8>>) {
    let server = Postgres::of_this_run();
    let columns = server.run(
        store,
        "SELECT table_schema || '.' || table_name || ' ' || column_name \
         FROM information_schema.columns \
         WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND data_type = 'bytea'",
    );
    for line in columns.lines() {
        let (table, column) = line.split_once(' ').expect("a table and a column");
        let rows = server.run(
            store,
            &format!("SELECT encode({column}, 'hex') FROM {table} WHERE {column} IS NOT NULL"),
        );
        let rows = rows
            .lines()
            .map(|row| hex::decode(row).expect("hexadecimal"));
        values.extend(rows);
    }
}
