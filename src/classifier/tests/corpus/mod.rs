//! The labelled texts that lie in the repository, for tests that need many.

use std::path::Path;

use classifier::evaluation::Labelled;

/// The texts of two authors that the model never learnt from, under this crate.
pub(crate) const HELD_OUT: [&str; 2] = ["evaluation/g.jsonl", "evaluation/j.jsonl"];

/// The texts of a file under this crate, in its order.
pub(crate) fn file(name: &str) -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .lines()
        .map(|line| serde_json::from_str(line).expect("a labelled text"))
        .collect()
}

/// Every `stride`-th text of those two.
pub(crate) fn held_out(stride: usize) -> Vec<String> {
    let all = HELD_OUT.iter().flat_map(|name| file(name));
    all.step_by(stride).map(|labelled| labelled.text).collect()
}

/// Every `stride`-th text of all authors whom the model learnt from.
pub(crate) fn training(stride: usize) -> Vec<Labelled> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("training/corpus");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry").file_name().into_string())
        .map(|name| name.expect("a name in UTF-8"))
        .filter(|name| name.len() == "a.jsonl".len())
        .collect();
    names.sort();
    let all = names
        .iter()
        .flat_map(|name| file(&format!("training/corpus/{name}")));
    all.step_by(stride).collect()
}

/// The same as `texts.iter().map(of)`, on two cores.
pub(crate) fn both_cores<T: Sync, R: Send>(texts: &[T], of: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (one, other) = texts.split_at(texts.len() / 2);
    std::thread::scope(|scope| {
        let second = scope.spawn(|| other.iter().map(&of).collect::<Vec<_>>());
        let mut out: Vec<R> = one.iter().map(&of).collect();
        out.extend(second.join().expect("no panic"));
        out
    })
}
