//! `GET /api/openapi.json`: the description of this interface.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use service::page;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder, Parameter, ParameterIn};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{Schema, Type};
use utoipa::openapi::{
    ComponentsBuilder, Content, ContentBuilder, InfoBuilder, LicenseBuilder, ObjectBuilder,
    OpenApi, OpenApiBuilder, PathItem, PathsBuilder, RefOr, Required, ResponseBuilder,
};

use super::{
    COMPLAINTS, EARLIER_ROOTS, JSON, KEY, MAILBOX, MESSAGES, OPENAPI, ROOTS, WORDS, schemas,
};

/// One call, as it is described.
struct Call {
    path: &'static str,
    summary: &'static str,
    takes: Option<&'static str>,
    parts: Option<&'static str>,
    gives: Gives,
    refuses: &'static [u16],
}

/// What a call that went well gives.
struct Gives {
    status: u16,
    what: &'static str,
    schema: Option<&'static str>,
}

/// Refusals of the call that files.
const OF_COMPLAINTS: &[u16] = &[400, 408, 413, 415, 422, 429, 503];
/// Of those that look a token up.
const OF_TOKENS: &[u16] = &[400, 404, 408, 409, 413, 415, 422, 503];

/// And of the one that adds to a mailbox.
const OF_MESSAGES: &[u16] = &[400, 404, 408, 409, 413, 415, 422, 429, 503];

const CALLS: &[Call] = &[
    Call {
        path: COMPLAINTS,
        summary: "Files a complaint; answered only once it is durable.",
        takes: Some("Complaint"),
        parts: Some("ComplaintParts"),
        gives: Gives {
            status: 201,
            what: "It is stored and sealed.",
            schema: Some("Filed"),
        },
        refuses: OF_COMPLAINTS,
    },
    Call {
        path: MAILBOX,
        summary: "Shows the mailbox of a tracking token.",
        takes: Some("Token"),
        parts: None,
        gives: Gives {
            status: 200,
            what: "The mailbox.",
            schema: Some("Mailbox"),
        },
        refuses: OF_TOKENS,
    },
    Call {
        path: MESSAGES,
        summary: "Sends a further message to the committee.",
        takes: Some("Message"),
        parts: Some("MessageParts"),
        gives: Gives {
            status: 201,
            what: "It is stored and sealed.",
            schema: Some("Received"),
        },
        refuses: OF_MESSAGES,
    },
    Call {
        path: WORDS,
        summary: "Other words for a mailbox. Called with the token alone, it gives new words and a \
                  `change`, and changes nothing. Called again with both within half an hour, it answers \
                  201 once the change is durable: the new words open the mailbox at once, its messages \
                  follow when the committee's side has moved them, and from then on the token of before \
                  is unknown. The same call again, unless it comes too often, answers 201 with the day on \
                  which it comes; other words after the first ones are refused (409).",
        takes: Some("WordsQuestion"),
        parts: None,
        gives: Gives {
            status: 200,
            what: "New words; or, with status 201, the day of the change.",
            schema: Some("NewWords"),
        },
        refuses: OF_MESSAGES,
    },
    Call {
        path: KEY,
        summary: "The public key that receipts and the heads of the daily trees are checked with.",
        takes: None,
        parts: None,
        gives: Gives {
            status: 200,
            what: "The key.",
            schema: Some("ReceiptKey"),
        },
        refuses: &[],
    },
    Call {
        path: ROOTS,
        summary: "The signed heads of the daily trees of receipts, the newest first, up to a year.",
        takes: None,
        parts: None,
        gives: Gives {
            status: 200,
            what: "The heads.",
            schema: Some("Roots"),
        },
        refuses: &[503],
    },
    Call {
        path: EARLIER_ROOTS,
        summary: "The same, from the last one before a day.",
        takes: None,
        parts: None,
        gives: Gives {
            status: 200,
            what: "The heads.",
            schema: Some("Roots"),
        },
        refuses: &[404, 503],
    },
    Call {
        path: OPENAPI,
        summary: "This description.",
        takes: None,
        parts: None,
        gives: Gives {
            status: 200,
            what: "OpenAPI 3.1.",
            schema: None,
        },
        refuses: &[],
    },
    Call {
        path: "/health/live",
        summary: "Whether the process answers.",
        takes: None,
        parts: None,
        gives: Gives {
            status: 200,
            what: "It does.",
            schema: None,
        },
        refuses: &[],
    },
    Call {
        path: "/health/ready",
        summary: "Whether the store answers.",
        takes: None,
        parts: None,
        gives: Gives {
            status: 200,
            what: "It does; besides, whether complaints are dated by the committee's calendar, or why not.",
            schema: None,
        },
        refuses: &[503],
    },
];

pub(super) async fn show() -> HttpResponse {
    static DESCRIPTION: LazyLock<String> = LazyLock::new(|| {
        let json = description()
            .to_json()
            .expect("a description has only text keys");
        page::pad(json)
    });
    HttpResponse::build(StatusCode::OK)
        .insert_header((CONTENT_TYPE, JSON))
        .body(DESCRIPTION.as_str())
}

fn description() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Guiando: intake")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Anonymous complaints to the Ethics Committee. Every answer is padded to one of a few \
             lengths. A method that an address does not take is answered with 405, an address that \
             does not exist with 404, both as a problem.",
        ))
        .license(Some(
            LicenseBuilder::new()
                .name("Apache-2.0")
                .identifier(Some("Apache-2.0"))
                .build(),
        ))
        .build();
    let paths = CALLS.iter().fold(PathsBuilder::new(), |paths, call| {
        let method = if call.takes.is_some() {
            HttpMethod::Post
        } else {
            HttpMethod::Get
        };
        paths.path(call.path, PathItem::new(method, operation(call)))
    });
    let components = schemas::all()
        .into_iter()
        .fold(ComponentsBuilder::new(), |components, (name, schema)| {
            components.schema(name, schema)
        });
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

fn operation(call: &Call) -> Operation {
    let mut operation = OperationBuilder::new().summary(Some(call.summary));
    if let Some(name) = call.takes {
        let body = RequestBodyBuilder::new()
            .content(JSON, content(name))
            .required(Some(Required::True));
        let body = match call.parts {
            Some(parts) => body.content("multipart/form-data", content(parts)),
            None => body,
        };
        operation = operation
            .request_body(Some(body.build()))
            .parameter(language());
    }
    if call.path.contains("{before}") {
        operation = operation.parameter(before());
    }
    let Gives {
        status,
        what,
        schema,
    } = call.gives;
    let answer = ResponseBuilder::new().description(what);
    let answer = match schema {
        Some(name) => answer.content(JSON, content(name)),
        None => answer,
    };
    operation = operation.response(status.to_string(), answer.build());
    for status in call.refuses {
        let mut refusal = ResponseBuilder::new().description(meaning(*status));
        if call.takes.is_some() {
            refusal = refusal.content("application/problem+json", content("Problem"));
        }
        operation = operation.response(status.to_string(), refusal.build());
    }
    operation.build()
}

fn content(name: &str) -> Content {
    ContentBuilder::new()
        .schema(Some(schemas::named(name)))
        .build()
}

fn language() -> Parameter {
    let mut language = Parameter::new("Accept-Language");
    language.parameter_in = ParameterIn::Header;
    language.required = Required::False;
    language.description = Some("es-MX (the default) or en.".to_owned());
    let schema: Schema = ObjectBuilder::new()
        .schema_type(Type::String)
        .build()
        .into();
    language.schema = Some(RefOr::T(schema));
    language
}

fn before() -> Parameter {
    let mut before = Parameter::new("before");
    before.parameter_in = ParameterIn::Path;
    before.required = Required::True;
    before.schema = Some(RefOr::T(schemas::a_day()));
    before
}

const fn meaning(status: u16) -> &'static str {
    match status {
        400 => "Not UTF-8, not JSON, not a form with parts, or broken off.",
        404 => "No mailbox has this token, or the address is none.",
        408 => "The body did not arrive in time.",
        409 => {
            "Somebody else has seen the words, so they have to be changed first; or they were changed \
             already."
        }
        413 => "The body, a file or all files together are too large, or there are too many.",
        415 => "Not a media type of this call, compressed, or a file of a type that is not taken.",
        422 => "Fields or files are not as they must be; each is named.",
        429 => {
            "The mailbox is full until the committee answers; or it sends too much, and \
             `Retry-After` says for how long to wait; or complaints or messages come in a flood, and \
             `Guiando-Work: bits=N challenge=TEXT` asks for work: send again with the header \
             `Guiando-Work: TEXT NONCE`, where the SHA-256 of `TEXT NONCE` has N leading zero bits."
        }
        _ => "Not stored or not available; try again.",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::complaint::{Complaint, ComplaintDraft, DraftError};
    use serde_json::{Map, Value, json};

    use super::*;

    fn described() -> Value {
        serde_json::to_value(description()).unwrap()
    }

    /// A value that fits a schema, with every property given.
    fn sample(schema: &Value) -> Value {
        if let Some(codes) = schema.get("enum") {
            return codes[0].clone();
        }
        match schema["type"].as_str() {
            Some("object") => {
                let properties = schema["properties"].as_object().unwrap();
                Value::Object(
                    properties
                        .iter()
                        .map(|(k, v)| (k.clone(), sample(v)))
                        .collect(),
                )
            }
            Some("array") => json!([sample(&schema["items"])]),
            Some("boolean") => json!(true),
            _ if schema["format"] == "date" => json!("2026-03-04"),
            _ => json!("un texto de veinte letras o más"),
        }
    }

    fn keys(value: &Value, path: &str, into: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let path = format!("{path}.{key}");
                    keys(value, &path, into);
                    into.insert(path);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| keys(item, path, into)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn a_complaint_with_every_property_described_is_taken_and_kept_whole() {
        let sample = sample(&described()["components"]["schemas"]["Complaint"]);
        let draft = ComplaintDraft::from_json(sample.to_string().as_bytes()).unwrap();
        let kept = serde_json::to_value(Complaint::parse(draft).unwrap()).unwrap();
        let (mut asked, mut found) = (BTreeSet::new(), BTreeSet::new());
        keys(&sample, "", &mut asked);
        keys(&kept, "", &mut found);
        assert_eq!(asked, found);
    }

    #[test]
    fn a_property_that_is_not_described_is_refused() {
        let mut sample = Map::new();
        sample.insert("ip".to_owned(), json!("203.0.113.9"));
        let refused = ComplaintDraft::from_json(Value::Object(sample).to_string().as_bytes());
        assert!(matches!(refused, Err(DraftError::Fields(_))));
    }

    #[test]
    fn every_reference_leads_to_a_shape() {
        let text = described().to_string();
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(
                described()["components"]["schemas"].get(name).is_some(),
                "{name}"
            );
        }
    }

    #[test]
    fn every_call_tells_its_refusals() {
        let described = described();
        for call in [COMPLAINTS, MAILBOX, MESSAGES, WORDS] {
            let responses = described["paths"][call]["post"]["responses"]
                .as_object()
                .unwrap();
            for status in [400, 408, 413, 415, 422, 503] {
                let response = &responses[&status.to_string()];
                assert!(
                    response["content"]
                        .get("application/problem+json")
                        .is_some()
                );
            }
        }
    }
}
