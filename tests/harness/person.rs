//! Somebody who uses the public service, over HTTP and nothing else.

use reqwest::{Client, ClientBuilder, RequestBuilder, header};
use sealing::{TrackingToken, WORDS};
use serde::Deserialize;
use serde_json::{Value, json};

use super::poll::until;

/// A person with a client of their own.
#[derive(Debug, Clone)]
pub struct Person {
    base: String,
    client: Client,
}

/// What a person gets for a complaint.
#[derive(Debug, Clone, Deserialize)]
pub struct Filed {
    /// Twelve words.
    pub tracking_token: String,
    /// `YYYY-MM-DD`.
    pub received_on: String,
    /// Signed proof.
    pub receipt: String,
}

/// What a person sees in their mailbox.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Letterbox {
    /// Where the case stands.
    pub status: String,
    /// Number of the case, once there is one.
    pub folio: Option<String>,
    /// `{key, due_on, text}` each.
    pub deadlines: Vec<Value>,
    /// What was said, in order.
    pub messages: Vec<Letter>,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Letter {
    /// `committee`, `system` or `complainant`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub posted_on: String,
    /// The text.
    pub text: String,
}

/// An answer, whatever it is.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The headers, `name: value`, sorted.
    pub headers: Vec<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "{}: {error}: {}",
                self.status,
                String::from_utf8_lossy(&self.body)
            )
        })
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The cookie of the session that this answer begins at the desk, `name=value`.
    ///
    /// # Panics
    /// When it begins none.
    pub fn session(&self) -> String {
        let mut headers = self.headers.iter();
        let cookie = headers.find_map(|header| {
            let (cookie, _) = header.strip_prefix("set-cookie: ")?.split_once(';')?;
            cookie.starts_with("__Host-guiando=").then_some(cookie)
        });
        cookie
            .unwrap_or_else(|| panic!("no session begins: {:?}", self.headers))
            .to_owned()
    }
}

impl Person {
    pub(crate) fn new(base: &str, client: ClientBuilder) -> Self {
        let client = client.build().expect("a client needs nothing");
        Self {
            base: base.to_owned(),
            client,
        }
    }

    /// Files a complaint that is only a narrative.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn tell(&self, narrative: &str) -> Filed {
        self.file(&json!({ "narrative": narrative })).await
    }

    /// Files a complaint.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn file(&self, complaint: &Value) -> Filed {
        let reply = self.post_json("/api/v1/complaints", complaint).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        serde_json::from_slice(&reply.body).expect("the answer has the three fields")
    }

    /// Files a complaint if the service is there to take it; `None` when the connection breaks, as
    /// it does when the service is killed.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn try_tell(&self, narrative: &str) -> Option<Filed> {
        let request = self.client.post(self.url("/api/v1/complaints"));
        let answer = request
            .json(&json!({ "narrative": narrative }))
            .send()
            .await
            .ok()?;
        let status = answer.status();
        let body = answer.bytes().await.ok()?;
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).ok()
    }

    /// Looks into the mailbox of a token.
    ///
    /// # Panics
    /// When the token is not known.
    pub async fn look(&self, token: &str) -> Letterbox {
        let reply = self.ask(token).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        serde_json::from_slice(&reply.body).expect("a mailbox has the four fields")
    }

    /// Asks for the mailbox of a token, whatever comes of it.
    pub async fn ask(&self, token: &str) -> Reply {
        self.post_json("/api/v1/mailbox", &json!({ "tracking_token": token }))
            .await
    }

    /// Waits until the mailbox of a token has a folio.
    pub async fn wait_for_folio(&self, token: &str) -> Letterbox {
        until("a folio in the mailbox", async || {
            Some(self.look(token).await).filter(|mailbox| mailbox.folio.is_some())
        })
        .await
    }

    /// Sends a further message.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn write(&self, token: &str, text: &str) {
        let reply = self.try_write(token, text).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
    }

    /// Sends a further message, whatever comes of it.
    pub async fn try_write(&self, token: &str, text: &str) -> Reply {
        let body = json!({ "tracking_token": token, "text": text });
        self.post_json("/api/v1/mailbox/messages", &body).await
    }

    /// Opens a page.
    pub async fn visit(&self, path: &str) -> Reply {
        self.get(path, None).await
    }

    /// Opens a page with the cookie of a session.
    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Reply {
        let request = self.client.get(self.url(path));
        self.send(match cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        })
        .await
    }

    /// Posts JSON.
    pub async fn post_json(&self, path: &str, body: &Value) -> Reply {
        self.send(self.client.post(self.url(path)).json(body)).await
    }

    /// Posts a form as a browser does.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body: Vec<_> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", url(name), url(value)))
            .collect();
        self.post_raw(
            path,
            "application/x-www-form-urlencoded",
            body.join("&").into_bytes(),
        )
        .await
    }

    /// Fills in the form of a complaint up to the review and sends it: each step is opened, and the
    /// answers that it asks for are written in it. Gives the page with the words.
    ///
    /// # Panics
    /// When a step does not take what is written in it.
    pub async fn fill_in_form(&self, answers: &[(&str, &str)]) -> Reply {
        let mut page = self.visit("/denunciar").await;
        loop {
            let html = page.text();
            let (state, step) = (hidden(&html, "state"), hidden(&html, "step"));
            let button = if step == "review" { "send" } else { "next" };
            let mut fields = vec![("state", state), ("step", step), ("go", button)];
            let asked = |name: &str| html.contains(&format!("name=\"{name}\""));
            fields.extend(answers.iter().filter(|(name, _)| asked(name)));
            let next = self.post_form("/denunciar", &fields).await;
            if step == "review" {
                return next;
            }
            assert_eq!(next.status, 200, "{}", next.text());
            page = next;
        }
    }

    /// Posts anything.
    pub async fn post_raw(&self, path: &str, media_type: &str, body: Vec<u8>) -> Reply {
        let request = self
            .client
            .post(self.url(path))
            .header(header::CONTENT_TYPE, media_type);
        // A browser says where a form came from.
        self.send(request.header(header::ORIGIN, &self.base).body(body))
            .await
    }

    /// Posts anything with further headers; `None` when the connection breaks before an answer.
    pub async fn post_with(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Option<Reply> {
        let mut request = self.client.post(self.url(path)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        reply(request).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    async fn send(&self, request: RequestBuilder) -> Reply {
        reply(request).await.expect("the service answers")
    }
}

pub(crate) async fn reply(request: RequestBuilder) -> Option<Reply> {
    let answer = request.send().await.ok()?;
    let status = answer.status().as_u16();
    let mut headers: Vec<_> = answer
        .headers()
        .iter()
        .filter(|(name, _)| *name != header::DATE)
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap_or_default()))
        .collect();
    headers.sort();
    let body = answer.bytes().await.ok()?.to_vec();
    Some(Reply {
        status,
        headers,
        body,
    })
}

/// What a page carries in a hidden field, empty if it has none.
pub fn hidden<'a>(html: &'a str, name: &str) -> &'a str {
    let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
    html.split_once(&field)
        .and_then(|(_, rest)| rest.split('"').next())
        .unwrap_or_default()
}

/// Text as a form writes it: everything but letters and digits escaped.
pub(crate) fn url(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push_str(&hex::encode_upper([byte]));
        }
    }
    out
}

/// The tracking token that a page shows: the first twelve elements in a row that hold a word each and
/// are one together.
pub fn token_in_page(html: &str) -> Option<String> {
    let texts: Vec<&str> = html
        .split('<')
        .filter_map(|element| element.split_once('>'))
        .map(|(_, text)| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    texts
        .windows(WORDS)
        .filter(|twelve| {
            twelve
                .iter()
                .all(|text| text.chars().all(char::is_alphabetic))
        })
        .map(|twelve| twelve.join(" "))
        .find(|twelve| TrackingToken::parse(twelve).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_page_is_found_among_other_words() {
        let token = TrackingToken::from([9; 16]);
        let items: Vec<_> = token
            .words()
            .iter()
            .map(|word| format!("<li>{word}</li>\n"))
            .collect();
        let page = format!("<h2>zurdo</h2><ol>{}</ol><p>zurdo</p>", items.concat());
        assert_eq!(
            token_in_page(&page).as_deref(),
            Some(token.phrase().as_str())
        );
        assert_eq!(token_in_page("<p>nada</p>"), None);
    }
}
