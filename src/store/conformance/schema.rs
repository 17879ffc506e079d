//! Rules about what the schemas hold in clear.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::{Fixture, TableColumn};

/// How a column is kept.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Form {
    /// Whoever has the file reads it.
    Clear,
    /// Only whoever has a key reads it.
    Sealed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    form: Form,
    holds: String,
}

type Inventory = BTreeMap<String, BTreeMap<String, BTreeMap<String, Column>>>;

/// The committed inventory and the real schema name the same columns.
pub async fn every_column_is_in_the_inventory(fixture: &dyn Fixture) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/inventory.toml");
    let text = std::fs::read_to_string(path).expect("docs/inventory.toml is committed");
    let inventory: Inventory = toml::from_str(&text).expect("docs/inventory.toml is well formed");
    drop(fixture.mailroom().await);
    drop(fixture.case_files().await);

    for store in ["mailroom", "casefiles"] {
        let tables = &inventory[store];
        let mut listed: BTreeSet<TableColumn> = BTreeSet::new();
        for (table, columns) in tables {
            for (column, entry) in columns {
                assert!(
                    !entry.holds.is_empty(),
                    "{store}.{table}.{column} says nothing"
                );
                // What is sealed is bytes that no query looks into, so it bears such a name.
                let is_sealed_by_name = [
                    "sealed",
                    "wrapped",
                    "service_record",
                    "circle",
                    "course",
                    "ring",
                    "recovery",
                ]
                .contains(&column.as_str());
                assert_eq!(
                    matches!(entry.form, Form::Sealed),
                    is_sealed_by_name,
                    "{store}.{table}.{column}"
                );
                listed.insert((table.clone(), column.clone()));
            }
        }
        let real = fixture.columns(store).await;
        let missing: Vec<_> = real.difference(&listed).collect();
        assert!(
            missing.is_empty(),
            "{store}: not in docs/inventory.toml: {missing:?}"
        );
        let gone: Vec<_> = listed.difference(&real).collect();
        assert!(
            gone.is_empty(),
            "{store}: only in docs/inventory.toml: {gone:?}"
        );
    }
}
