//! Which pages, parts and states of the public service have been inspected.
//!
//! A template that is new has no line in [`PARTS`] and is missed by name; so is one that no visit has
//! seen, and an address that `src/intake/pages/mod.rs` registers and no visit has opened.

use std::collections::BTreeSet;
use std::path::Path;

use journeys::Browser;

/// Each template, and what is on a page only when it was used.
const PARTS: [(&str, &str); 36] = [
    ("advice.html", "ol.instances.way"),
    ("control.html", "form.step .field > label + .hint"),
    (
        "done.html",
        "[name=step][value=done], [name=step][value=skipped]",
    ),
    ("evidence.html", "[name=step][value=evidence]"),
    ("follow.html", "textarea[name=tracking_token]"),
    ("forget.html", "input[type=password][hidden]"),
    ("guide.html", "main > .lead ~ .card > h2:first-child + ul"),
    ("held.html", ".held"),
    ("home.html", ".hero"),
    ("instance.html", ".contacts"),
    ("languages.html", "p.languages"),
    ("layout.html", "body > .skip"),
    ("leave.html", "html:not(:has(.skip))"),
    ("mailbox.html", ".status"),
    ("mailbox_earlier.html", "main > h1 + .hint + .messages"),
    ("mailbox_filed.html", "#relato"),
    ("mailbox_files.html", "[name=pending]"),
    (
        "mailbox_kept.html",
        "main > .alert ~ form[action$='/mensaje']:not(:has([name=pending]))",
    ),
    ("mailbox_older.html", "[action$='/mensajes']"),
    ("mailbox_parts.html", "[name=once]"),
    (
        "new_words.html",
        "form[action$='/palabras']:has(#comprobar)",
    ),
    (
        "new_words_done.html",
        "main:not(:has(form)) > .card[aria-labelledby=sigue]",
    ),
    ("network.html", ".alert[role=note]"),
    ("orientation.html", "#peligro"),
    (
        "problem-alert.html",
        ".alert[role=alert]:has(~ .progress) > h2:not([id])",
    ),
    (
        "problem.html",
        "main > h1 ~ .actions:last-child > .button:only-child",
    ),
    ("receipt_card.html", ".receipt-card"),
    ("refused.html", ".alert li > .written"),
    ("remarks.html", "form.step .field > .error"),
    ("review.html", ".review"),
    ("roots.html", "main > h2 ~ p > code.receipt"),
    ("step.html", "[name=step][value=what]"),
    ("verify.html", "textarea[name=proof]"),
    ("word_list.html", ".words > ol + .hint"),
    (
        "words.html",
        "form.step:not([action$='/palabras']) #comprobar",
    ),
    (
        "words_first.html",
        "main > .lead + form[action$='/palabras']",
    ),
];

/// States in which a page looks different, and how each is told.
const STATES: [(&str, &str); 26] = [
    ("the onion address", "main > .card > p > .receipt"),
    ("a question that was not answered", "#asunto.wrong"),
    ("a field at fault", ".wrong > [aria-invalid][autofocus]"),
    ("a second person", "h2.entry"),
    ("danger", "[role=alert] > strong"),
    (
        "metadata of a file",
        "form:has([name=step][value=evidence]) .held li",
    ),
    ("a choice between copies", "[name^=choice-]"),
    ("a refused file", "#errores + ul > li > .written"),
    (
        "a page that lapsed",
        ".alert ~ form > [name=step][value=story]",
    ),
    ("a review that points at something", "#rastros"),
    ("a review with a blank step", ".part.blank"),
    ("a review that waits", "input[name=delay]"),
    ("a word that is wrong", "#comprobar .wrong"),
    (
        "words that were written down right",
        "[name=step][value=done]",
    ),
    ("words that were not compared", "[name=step][value=skipped]"),
    ("words that lead nowhere", "#palabras-error"),
    (
        "a receipt that is not one",
        "textarea[name=receipt][aria-invalid]",
    ),
    (
        "a proof that is not one",
        "textarea[name=proof][aria-invalid]",
    ),
    ("a receipt that is good", ".alert.good[aria-labelledby]"),
    (
        "a mailbox without a request",
        "main:has(.status):not(:has(.request))",
    ),
    ("a request", ".request"),
    ("a case that is over", "#terminada"),
    (
        "a message that was sent",
        ".alert.good[role=status] > p:only-child",
    ),
    ("a message at fault", "[name=text][aria-invalid]"),
    (
        "a file on its way to the mailbox",
        "form:has([name=pending]) .held li",
    ),
    (
        "a file that the mailbox refused",
        "main:has([name=pending]) #errores",
    ),
];

/// Addresses that answer with a file, and so have no page.
const FILES: [&str; 1] = ["/acuse"];

/// What was seen.
#[derive(Debug, Default)]
pub(crate) struct Covered {
    shown: BTreeSet<&'static str>,
    addresses: BTreeSet<String>,
}

impl Covered {
    /// Takes note of the page before it.
    pub(crate) async fn note(&mut self, browser: &Browser) {
        let told: Vec<(&str, &str)> = PARTS.into_iter().chain(STATES).collect();
        let selectors: Vec<&str> = told.iter().map(|(_, selector)| *selector).collect();
        let found = browser
            .run(&format!(
                "return {}.map(one => document.querySelector(one) !== null)",
                serde_json::json!(selectors)
            ))
            .await;
        let found = found.as_array().expect("a list");
        for ((name, _), found) in told.into_iter().zip(found) {
            if found == true {
                self.shown.insert(name);
            }
        }
        let address = browser.address().await;
        let path = address
            .splitn(4, '/')
            .nth(3)
            .map(|path| format!("/{path}"))
            .unwrap_or_default();
        let path = path.strip_prefix("/en").unwrap_or(&path).to_owned();
        self.addresses.insert(path);
    }

    /// Every template, every state and every address has been seen.
    pub(crate) fn is_complete(&self) {
        let mut missed: Vec<String> = PARTS
            .into_iter()
            .chain(STATES)
            .filter(|(name, _)| !self.shown.contains(name))
            .map(|(name, selector)| format!("{name} ({selector})"))
            .collect();
        missed.extend(addresses().into_iter().filter(|path| {
            !FILES.contains(&path.as_str()) && !self.addresses.iter().any(|seen| fits(path, seen))
        }));
        assert!(missed.is_empty(), "not inspected: {missed:#?}");
    }
}

/// Whether an address is one of a pattern, in which `{…}` stands for one part.
pub(crate) fn fits(pattern: &str, address: &str) -> bool {
    let (pattern, address) = (pattern.split('/'), address.split('/'));
    pattern.clone().count() == address.clone().count()
        && pattern
            .zip(address)
            .all(|(part, seen)| part.starts_with('{') || part == seen)
}

pub(crate) fn source(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file of a folder of the sources.
pub(crate) fn sources(folder: &str) -> Vec<String> {
    let listed = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let files = std::fs::read_dir(listed).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let files = files.map(|file| file.expect("it is listed").file_name());
    files
        .map(|name| source(&format!("{folder}/{}", name.to_string_lossy())))
        .collect()
}

fn templates() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/templates/intake");
    let files = std::fs::read_dir(folder).expect("it is in the tree");
    let files = files.map(|file| file.expect("it is listed").file_name());
    files
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}

/// The addresses that are registered: each by its literal, those of the guide by their topics.
fn addresses() -> Vec<String> {
    let quoted = |text: &str| text.split('"').nth(1).map(str::to_owned);
    let routes = source("src/intake/pages/mod.rs");
    let guide = source("src/intake/pages/guide.rs");
    let topics = guide.split("fn path(").nth(1).expect("topics have paths");
    let topics = topics.split("\n    }").next().expect("it ends");
    let addresses: Vec<String> = routes
        .split("resource(")
        .skip(1)
        .filter(|rest| rest.trim_start().starts_with('"'))
        .chain(topics.split("=>").skip(1))
        .filter_map(quoted)
        .collect();
    assert!(addresses.len() > 15, "{addresses:?}");
    addresses
}

#[test]
fn every_template_is_told_from_the_others() {
    let named = PARTS.iter().map(|(name, _)| *name);
    let named: BTreeSet<String> = named.map(str::to_owned).collect();
    assert_eq!(templates().into_iter().collect::<BTreeSet<_>>(), named);
    let ways: BTreeSet<&str> = PARTS.iter().map(|(_, selector)| *selector).collect();
    assert_eq!(ways.len(), PARTS.len());
}

#[test]
fn an_address_fits_its_pattern_and_no_other() {
    assert!(fits("/acuse/raices/{before}", "/acuse/raices/2026-01-31"));
    assert!(!fits("/acuse/raices/{before}", "/acuse/raices"));
    assert!(!fits("/acuse/raices", "/acuse/verificar"));
}
