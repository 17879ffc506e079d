//! Proposals, line by line.

use super::*;

#[test]
fn each_line_has_its_proposal_in_the_same_order() {
    let complaint = "Ñandú: mi jefe me manda fotos íntimas y me acosa sexualmente";
    let line = |n| serde_json::json!({"id": format!("c{n}"), "text": complaint}).to_string();
    let input = (0..200).map(line).collect::<Vec<_>>().join("\n");
    let output = fed(&["classify"], input.as_bytes());
    let answers: Vec<Value> = done(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 200);
    for (n, answer) in answers.iter().enumerate() {
        let object = answer.as_object().unwrap();
        let mut names: Vec<_> = object.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "evidence",
                "id",
                "labels",
                "main",
                "probabilities",
                "review",
                "urgency"
            ]
        );
        assert_eq!(answer["id"], format!("c{n}"));
        assert_eq!(answer["main"], answer["labels"][0]);
        assert!(["alta", "media", "baja"].contains(&answer["urgency"].as_str().unwrap()));
        assert!(answer["review"].is_boolean());
        let probabilities = answer["probabilities"].as_object().unwrap();
        assert_eq!(probabilities.len(), Risk::ALL.len());
        let sum: f64 = probabilities.values().map(|p| p.as_f64().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-6, "{sum}");
        let length = complaint.chars().count() as u64;
        for evidence in answer["evidence"].as_array().unwrap() {
            assert!(evidence["risk"].as_str().unwrap().parse::<Risk>().is_ok());
            let (start, end) = (
                evidence["start"].as_u64().unwrap(),
                evidence["end"].as_u64().unwrap(),
            );
            assert!(start < end && end <= length, "{evidence}");
            assert!(evidence["weight"].is_number());
        }
    }
}

#[test]
fn nothing_in_is_nothing_out() {
    assert_eq!(done(&fed(&["classify"], b"")), "");
}

#[test]
fn a_bad_line_is_named_and_its_text_is_not_repeated() {
    let input = b"{\"id\":1,\"text\":\"uno\"}\n\n{\"id\":2,\"texto\":\"secreto\"}\n";
    let output = fed(&["classify"], input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout).lines().count(), 1);
    let message = text(&output.stderr);
    assert!(
        message.contains("line 3") && !message.contains("secreto"),
        "{message}"
    );
}

#[test]
fn a_reader_that_leaves_is_no_fault() {
    let mut child = guiando(&["classify"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let line = b"{\"id\":1,\"text\":\"mi jefe me grita\"}\n";
    while stdin.write_all(line).is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}
