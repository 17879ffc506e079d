//! The public service itself, beside the desk: on the same mailroom and the same clock.

use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use actix_web::rt::System;
use intake::{CleanerProgram, EvidenceLimits, Intake, Networks, PageKeys, Settings};
use receipts::ReceiptKey;
use reqwest::Client;
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use service::body::BodyLimits;
use store_sqlite::SqliteMailroom;

use crate::testing::House;

/// Where people file.
pub(super) struct Public {
    base: String,
    client: Client,
}

impl Public {
    /// Serves until the test is over.
    pub(super) fn serve(house: &House) -> Self {
        let (address, clock) = (house.mailroom_address(), Arc::clone(&house.clock));
        let recipients = house.recipients.clone();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || {
            System::new().block_on(async move {
                let rng = SystemRandom::new();
                let settings = Settings {
                    mailroom: Arc::new(SqliteMailroom::open(&address).await.unwrap()),
                    recipients,
                    announcements: None,
                    receipts: ReceiptKey::draw(&rng).unwrap().parse().unwrap(),
                    pages: PageKeys::draw(&rng).unwrap().parse().unwrap(),
                    clock,
                    // Nobody hands in a file.
                    cleaner: CleanerProgram::new(PathBuf::from("none"), 1),
                    limits: BodyLimits {
                        bytes: 1 << 20,
                        deadline: Duration::from_secs(15),
                        at_once: None,
                    },
                    budgets: None,
                    networks: Networks::default(),
                    onion: None,
                    evidence: EvidenceLimits::default(),
                };
                let intake = Intake::bind("127.0.0.1:0".parse().unwrap(), settings).unwrap();
                tell.send(intake.address().to_string()).unwrap();
                intake.run(std::future::pending()).await.unwrap();
            });
        });
        Self {
            base: format!("http://{}", told.recv().unwrap()),
            client: Client::new(),
        }
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self.client.post(format!("{}{path}", self.base)).json(body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Files a complaint; gives the words with which it is followed.
    pub(super) async fn file(&self, complaint: &Value) -> String {
        let (status, answer) = self.post("/api/v1/complaints", complaint).await;
        assert_eq!(status, 201, "{answer}");
        answer["tracking_token"].as_str().unwrap().to_owned()
    }

    /// The mailbox as the person reads it.
    pub(super) async fn mailbox(&self, token: &str) -> Value {
        let question = json!({ "tracking_token": token });
        let (status, mailbox) = self.post("/api/v1/mailbox", &question).await;
        assert_eq!(status, 200, "{mailbox}");
        assert!(mailbox["older"].is_null(), "it comes whole");
        mailbox
    }
}
