//! Records, exported.

use super::*;

/// Case files without a case.
fn make_empty(url: &str) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(service::stores::case_files(&url.parse().unwrap()))
        .unwrap();
}

/// Case files with two cases, the later folio first, and one of another year.
fn register(url: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let cases = service::stores::case_files(&url.parse().unwrap())
            .await
            .unwrap();
        for (index, (year, digits)) in (0_u8..).zip([(2026, 900_000), (2026, 42), (2025, 500_000)])
        {
            let admission = admission(index, Folio::new(year, digits).unwrap());
            assert_eq!(cases.admit(&admission).await.unwrap(), Admitted::Now);
            if digits == 42 {
                let (classification, document) = proposal();
                let id = admission.case.id;
                let proposal = NewDocument {
                    recipient: admission.case.recipient.clone(),
                    document,
                };
                let added = cases.classify(id, &classification, &proposal).await;
                assert_eq!(added.unwrap(), Added::Now);
            }
        }
    });
}

fn document(id: u8, kind: DocumentKind) -> SealedDocument {
    let written_on = date(2026, 1, 29);
    SealedDocument {
        id: DocumentId([id; 16]),
        kind,
        written_on,
        sealed: vec![id; 4096],
    }
}

pub(crate) fn admission(index: u8, folio: Folio) -> Admission {
    let received_on = date(folio.year(), 1, 29);
    let term = |key, due_on| RunningTerm {
        deadline: Deadline { key, due_on },
        starts_on: received_on,
    };
    let lookup_id = LookupId::from([index; 32]);
    Admission {
        envelope_id: EnvelopeId::from([index; 16]),
        seen_on: received_on,
        case: NewCase {
            id: CaseId([index; 16]),
            folio,
            lookup_hash: LookupHash::from([index; 32]),
            received_on,
            state: CaseState::UnderReview,
            ooad: Some("ciudad_de_mexico_norte".parse().unwrap()),
            umae: None,
            recipient: CommitteeIdentity::generate().public_key(),
            access: NewAccess::Committee {
                wrap: vec![index; 4096],
            },
            service_record: vec![index; 4096],
            complaint: document(index, DocumentKind::Complaint),
            conflict: None,
            course: vec![0; 4096],
            terms: vec![
                term(TermKey::RegistroSseccoe, date(folio.year(), 2, 4)),
                term(TermKey::ConclusionTotal, date(folio.year(), 5, 29)),
            ],
        },
        reply: SealedEntry {
            lookup_id,
            position: 1,
            bytes: vec![index; 512],
        },
    }
}

fn proposal() -> (Classification, SealedDocument) {
    let classification = Classification {
        finding: Some(Finding {
            main: Risk::AcosoSexual,
            labels: vec![Risk::AcosoSexual, Risk::Agresiones],
            protocols: vec![Protocol::Hsyas],
        }),
        urgency: Urgency::Alta,
        review: false,
        priority: Priority::Urgente,
        mediation: Mediation::Forbidden,
        model: "=1+1".to_owned(),
    };
    (classification, document(200, DocumentKind::Proposal))
}

fn export(url: &str, format: &str, more: &[&str]) -> Output {
    let mut arguments = vec!["records", "export", "--cases", url, "--format", format];
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn a_mistyped_path_is_no_empty_register() {
    let folder = tempdir().unwrap();
    let mistyped = folder.path().join("casefile.db");
    let url = format!("sqlite://{}", mistyped.display());
    for format in ["csv", "json"] {
        assert!(failed(&export(&url, format, &[])).contains(path(&mistyped)));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_empty_register_is_a_header_and_an_empty_list() {
    let folder = tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("casefiles.db").display());
    make_empty(&url);
    let table = export(&url, "csv", &[]);
    assert!(done(&table).starts_with("folio,fecha_recepcion,ejercicio,"));
    assert_eq!(done(&table).lines().count(), 1);
    let document: Value = serde_json::from_str(done(&export(&url, "json", &[]))).unwrap();
    assert_eq!(document["registros"], serde_json::json!([]));
}

#[test]
fn the_register_is_exported_by_folio_and_the_same_twice() {
    let folder = tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("casefiles.db").display());
    register(&url);
    let table = export(&url, "csv", &[]);
    let lines: Vec<_> = done(&table).split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[1].starts_with("CE-2025-500000,2025-01-29,2025,EN_REVISION,received,"));
    assert_eq!(
        lines[2],
        "CE-2026-000042,2026-01-29,2026,EN_REVISION,received,ciudad_de_mexico_norte,,\
         acoso_sexual,acoso_sexual|agresiones,HSYAS,forbidden,urgente,alta,N,'=1+1,\
         registro_sseccoe,2026-01-29,2026-02-04,0"
    );
    assert!(lines[3].starts_with("CE-2026-900000,"));
    assert_eq!(export(&url, "csv", &[]).stdout, table.stdout);

    let document = export(&url, "json", &["--year", "2026"]);
    assert_eq!(
        export(&url, "json", &["--year", "2026"]).stdout,
        document.stdout
    );
    let document: Value = serde_json::from_str(done(&document)).unwrap();
    assert_eq!(
        (&document["schema"], &document["version"]),
        (&Value::from("guiando/registros"), &Value::from(1))
    );
    let records = document["registros"].as_array().unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(
        records[0]["riesgos"],
        serde_json::json!(["acoso_sexual", "agresiones"])
    );
    assert_eq!(records[1]["riesgo_principal"], Value::Null);
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    let folder = tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("casefiles.db").display());
    make_empty(&url);
    let out = folder.path().join("registros.csv");
    let output = export(&url, "csv", &["--out", path(&out)]);
    assert_eq!(done(&output), "");
    let table = fs::read(&out).unwrap();
    assert_eq!(table, export(&url, "csv", &[]).stdout);

    let broken = folder.path().join("broken.db");
    fs::write(
        &broken,
        "not a database, and long enough to be looked at by the engine",
    )
    .unwrap();
    let url = format!("sqlite://{}", broken.display());
    failed(&export(&url, "csv", &["--out", path(&out)]));
    assert_eq!(fs::read(&out).unwrap(), table);
    let nowhere = folder.path().join("nowhere/registros.csv");
    assert!(failed(&export(&url, "csv", &["--out", path(&nowhere)])).contains("--cases"));
}
