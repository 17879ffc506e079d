//! What a browser asked for and what it was sent.

use serde_json::{Value, json};

use super::driver::Browser;

/// One request and what came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The whole address.
    pub url: String,
    /// `GET`, `POST`.
    pub method: String,
    /// The headers that were sent, as JSON.
    pub headers: Value,
    /// The status, once there is one.
    pub status: Option<u64>,
    /// Bytes on the wire of the answer, its head among them, once it has come.
    pub bytes: Option<u64>,
}

impl Browser {
    /// What was asked for since the last time that this was called.
    ///
    /// # Panics
    /// When the driver keeps no log.
    pub async fn requests(&self) -> Vec<Request> {
        let log = self.ask("se/log", &json!({ "type": "performance" })).await;
        let events: Vec<Value> = log
            .as_array()
            .expect("the log is a list")
            .iter()
            .filter_map(|line| serde_json::from_str(line["message"].as_str()?).ok())
            .collect();
        let mut requests: Vec<(String, Request)> = Vec::new();
        for event in &events {
            let (method, params) = (&event["message"]["method"], &event["message"]["params"]);
            let id = params["requestId"].as_str().unwrap_or_default();
            let known = requests.iter_mut().rev().find(|(known, _)| known == id);
            match (method.as_str().unwrap_or_default(), known) {
                ("Network.requestWillBeSent", _) => {
                    requests.push((id.to_owned(), Request::new(&params["request"])));
                }
                ("Network.responseReceived", Some((_, request))) => {
                    request.status = params["response"]["status"].as_u64();
                }
                ("Network.loadingFinished", Some((_, request))) => {
                    // The driver writes it as a fraction.
                    let text = params["encodedDataLength"].to_string();
                    request.bytes = text.split('.').next().and_then(|whole| whole.parse().ok());
                }
                _ => {}
            }
        }
        requests.into_iter().map(|(_, request)| request).collect()
    }
}

impl Request {
    fn new(request: &Value) -> Self {
        let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
        Self {
            url: text("url"),
            method: text("method"),
            headers: request["headers"].clone(),
            status: None,
            bytes: None,
        }
    }

    /// Whether it leaves the browser: an address of data or of the browser itself does not.
    pub fn leaves(&self) -> bool {
        ["data:", "about:", "chrome:", "blob:"]
            .iter()
            .all(|inside| !self.url.starts_with(inside))
    }
}
