//! axe-core, which finds barriers in a page.

use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::{Value, json};

use super::driver::Browser;

/// The file that `.ci/install` fetches.
const FILE: &str = "guiando/axe-core-4.14.1/axe.min.js";

/// WCAG 2.2 at level AA with all that came before, and what is good practice besides.
const RULES: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

static AXE: LazyLock<String> = LazyLock::new(|| {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .filter(|folder| !folder.is_empty())
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .expect("there is a folder for what can be made again");
    let file = cache.join(FILE);
    std::fs::read_to_string(&file).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; run `make test`, which fetches it",
            file.display()
        )
    })
});

impl Browser {
    /// The barriers of the page as it is shown, one line each. Needs scripts to be on.
    ///
    /// # Panics
    /// When the check cannot be made.
    pub async fn barriers(&self) -> Vec<String> {
        self.violations(&json!(RULES)).await
    }

    /// The texts of the page that are too pale in the colours that it has now, one line each. Needs
    /// scripts to be on.
    ///
    /// # Panics
    /// When the check cannot be made.
    pub async fn pale(&self) -> Vec<String> {
        let contrast = json!({ "type": "rule", "values": ["color-contrast"] });
        self.violations(&contrast).await
    }

    async fn violations(&self, rules: &Value) -> Vec<String> {
        // Evaluated by the developer tools, because the pages' own policy allows no script.
        let loaded = self.run("return typeof axe !== 'undefined'").await;
        if loaded != true {
            let load = json!({ "expression": AXE.as_str() });
            self.devtools("Runtime.evaluate", &load).await;
        }
        let check = format!(
            "axe.run(document, {{ runOnly: {rules}, resultTypes: ['violations'] }}).then(found =>
               JSON.stringify(found.violations.map(v =>
                 v.id + ': ' + v.help + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' | '))))"
        );
        let parameters =
            json!({ "expression": check, "awaitPromise": true, "returnByValue": true });
        let answer = self.devtools("Runtime.evaluate", &parameters).await;
        let found = answer["result"]["value"].as_str();
        let found = found.unwrap_or_else(|| panic!("axe found nothing to check: {answer}"));
        let found: Value = serde_json::from_str(found).expect("JSON");
        let lines = found.as_array().expect("a list").iter();
        lines.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}
