//! The shapes of what goes in and out, for the description of the interface.

use domain::case::Status;
use domain::catalogue::TermKey;
use domain::complaint::{LongText, MessageText, Narrative, ShortText, limits};
use domain::evidence::Version;
use domain::privacy::Edition;
use mailbox::Author;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayItems, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat,
    SchemaType, Type,
};
use utoipa::openapi::{ArrayBuilder, Ref, RefOr};

use crate::evidence::{Choice, EvidenceLimits};
use crate::lists::List;

/// Every named shape.
pub(super) fn all() -> Vec<(&'static str, Schema)> {
    vec![
        ("Complaint", complaint().into()),
        ("Filed", filed().into()),
        ("Token", question().into()),
        ("Mailbox", mailbox().into()),
        ("Message", message().into()),
        ("WordsQuestion", words_question().into()),
        ("NewWords", new_words().into()),
        ("ComplaintParts", complaint_parts().into()),
        ("MessageParts", message_parts().into()),
        (
            "Received",
            closed([("received_on", day("Legal day of reception."), true)]).into(),
        ),
        (
            "ReceiptKey",
            closed([("key", string("Ed25519, base64url."), true)]).into(),
        ),
        ("Roots", roots().into()),
        ("Problem", problem().into()),
    ]
}

/// A reference to one of them.
pub(super) fn named(name: &str) -> RefOr<Schema> {
    Ref::from_schema_name(name).into()
}

fn complaint() -> Object {
    let person = closed([
        ("name", short(), false),
        ("position", short(), false),
        ("area", short(), false),
        ("description", text(1, LongText::MAX), false),
        ("rank", code(List::Rank), false),
    ]);
    let witness = closed([("name", short(), false), ("contact", short(), false)]);
    let workplace = closed([
        ("ooad", code(List::Ooad), false),
        ("umae", code(List::Umae), false),
        ("kind", code(List::Centre), false),
        ("place", short(), false),
    ]);
    let facts = closed([
        ("from", day("First day."), false),
        ("to", day("Last day, not before the first."), false),
        ("ongoing", flag(), false),
        ("frequency", code(List::Frequency), false),
        ("place_kind", code(List::PlaceKind), false),
        ("place_detail", short(), false),
    ]);
    let reporter = closed([
        ("role", code(List::ReporterRole), false),
        ("bond", code(List::Bond), false),
        ("sex", code(List::Sex), false),
        ("age_group", code(List::AgeGroup), false),
    ]);
    let identity = closed([("name", short(), false), ("contact", short(), false)]);
    closed([
        ("narrative", text(Narrative::MIN, Narrative::MAX), true),
        ("suspected_risk", code(List::Risk), false),
        ("workplace", workplace.into(), false),
        ("people", list(person.into(), Some(limits::PEOPLE)), false),
        ("facts", facts.into(), false),
        (
            "witnesses",
            list(witness.into(), Some(limits::WITNESSES)),
            false,
        ),
        ("immediate_danger", flag(), false),
        ("retaliation", flag(), false),
        (
            "support_wanted",
            list(code(List::Support), Some(limits::CODES)),
            false,
        ),
        ("protection_wanted", flag(), false),
        ("keep_from", list(short(), Some(limits::KEEP_FROM)), false),
        (
            "already_filed_with",
            list(code(List::EarlierFiling), Some(limits::CODES)),
            false,
        ),
        ("referral_consent", code(List::ReferralConsent), false),
        ("privacy_notice", values(Edition::ALL, Edition::code), false),
        ("reporter", reporter.into(), false),
        ("identity", identity.into(), false),
    ])
}

fn filed() -> Object {
    closed([
        ("tracking_token", token(), true),
        ("received_on", day("Legal day of reception."), true),
        (
            "receipt",
            string("Signed proof of reception, base64url."),
            true,
        ),
    ])
}

fn question() -> Object {
    closed([
        ("tracking_token", token(), true),
        (
            "before",
            place("The `older` of an answer, for the messages before it."),
            false,
        ),
    ])
}

fn words_question() -> Object {
    closed([
        ("tracking_token", token(), true),
        ("change", string("The `change` of the call before."), false),
    ])
}

fn new_words() -> Object {
    closed([
        ("new_tracking_token", token(), false),
        (
            "change",
            string("To be sent with the token, once the new words are kept."),
            false,
        ),
        ("received_on", day("Legal day of the change."), false),
    ])
}

/// A place among the messages of a mailbox.
fn place(description: &str) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(0))
        .maximum(Some(u32::MAX))
        .description(Some(description))
        .build()
        .into()
}

fn mailbox() -> Object {
    let folio = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .description(Some("Number of the case, once it has one."))
        .build();
    let deadline = closed([
        ("key", values(TermKey::ALL, TermKey::code), true),
        ("due_on", day("Last day of the term."), true),
        ("text", string("The term in words."), true),
    ]);
    let bytes = ObjectBuilder::new().schema_type(Type::Integer).build();
    let file = closed([
        ("name", string("Name of the file."), true),
        ("bytes", bytes.into(), true),
        ("version", values(Version::ALL, Version::code), true),
    ]);
    let message = closed([
        ("from", values(Author::ALL, Author::code), true),
        ("posted_on", day("Day of the message."), true),
        ("text", string("What it says."), true),
        ("evidence", list(file.into(), None), false),
        ("referral_consent", code(List::ReferralConsent), false),
    ]);
    closed([
        ("status", values(Status::ALL, Status::code), true),
        ("folio", folio.into(), true),
        ("deadlines", list(deadline.into(), None), true),
        ("messages", list(message.into(), None), true),
        (
            "older",
            place("There are messages before these; ask for them with it in `before`."),
            false,
        ),
    ])
}

fn roots() -> Object {
    let head = closed([
        ("day", day("The day of the tree."), true),
        ("head", string("Its signed head, base64url."), true),
    ]);
    closed([("heads", list(head.into(), None), true)])
}

/// A day in an address.
pub(super) fn a_day() -> Schema {
    day("A day, YYYY-MM-DD.")
}

fn message() -> Object {
    closed([
        ("tracking_token", token(), true),
        ("text", text(MessageText::MIN, MessageText::MAX), true),
    ])
}

/// The shape of [`service::problem::Problem`].
fn problem() -> Object {
    let error = closed([
        (
            "field",
            string("Path of the field, such as people[0].name."),
            true,
        ),
        ("code", string("Stable name of the fault."), true),
        (
            "message",
            string("The fault in the language asked for."),
            true,
        ),
    ]);
    let status = ObjectBuilder::new().schema_type(Type::Integer).build();
    closed([
        ("type", string("Stable name, as a URN."), true),
        (
            "title",
            string("What is wrong, in the language asked for."),
            true,
        ),
        ("status", status.into(), true),
        ("detail", string("What to do next."), false),
        ("errors", list(error.into(), None), false),
    ])
}

fn complaint_parts() -> Object {
    closed([
        (
            "complaint",
            string("The complaint as JSON, of the shape `Complaint`, before the files."),
            true,
        ),
        ("evidence", files(), false),
        ("evidence_version", versions(), false),
    ])
}

fn message_parts() -> Object {
    closed([
        (
            "message",
            string("The message as JSON, of the shape `Message`, in place of the two fields."),
            false,
        ),
        ("tracking_token", token(), false),
        ("text", text(MessageText::MIN, MessageText::MAX), false),
        ("evidence", files(), false),
        ("evidence_version", versions(), false),
    ])
}

/// The files of a call.
fn files() -> Schema {
    let file = ObjectBuilder::new()
        .schema_type(Type::String)
        .content_media_type("application/octet-stream")
        .description(Some(
            "A file, after the fields. Its type is told by its content; images, PDF, office \
             documents, audio, video and plain text are taken.",
        ))
        .build();
    list(file.into(), Some(EvidenceLimits::MOST_FILES))
}

/// Which version of the files is handed in.
fn versions() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(
            Choice::ALL
                .iter()
                .map(|choice| choice.code())
                .collect::<Vec<_>>(),
        ))
        .description(Some(
            "Which version of every file is handed in. Without it, the copy without metadata where \
             one could be made, else the file as it was sent. A file that could not be cleaned because \
             there was no time or room for it is refused, unless `original` or `both` says that it \
             may go out as it is.",
        ))
        .build()
        .into()
}

/// An object with these properties and no others.
fn closed<const N: usize>(properties: [(&str, Schema, bool); N]) -> Object {
    let object = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    properties
        .into_iter()
        .fold(object, |object, (name, schema, required)| {
            let object = object.property(name, schema);
            if required {
                object.required(name)
            } else {
                object
            }
        })
        .build()
}

fn list(item: Schema, most: Option<usize>) -> Schema {
    let items = ArrayItems::RefOrSchema(Box::new(RefOr::T(item)));
    ArrayBuilder::new()
        .items(items)
        .max_items(most)
        .build()
        .into()
}

fn string(description: &str) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .build()
        .into()
}

fn text(min: u64, max: u64) -> Schema {
    let length = |length: u64| usize::try_from(length).ok();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(length(min))
        .max_length(length(max))
        .build()
        .into()
}

fn short() -> Schema {
    text(ShortText::MIN, ShortText::MAX)
}

fn token() -> Schema {
    string("The twelve words.")
}

fn flag() -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::Boolean)
        .build()
        .into()
}

fn day(description: &str) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
        .description(Some(description))
        .build()
        .into()
}

fn code(list: List) -> Schema {
    enumeration(list.codes())
}

fn values<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> Schema {
    enumeration(all.iter().map(|value| code(*value)).collect())
}

fn enumeration(codes: Vec<&'static str>) -> Schema {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(codes))
        .build()
        .into()
}
