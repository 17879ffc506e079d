//! What people write with offices' programs.

use domain::evidence::FindingKind::{Author, Date, Device, Software};
use domain::evidence::MediaType;

use super::{Sample, WHO, WITH};
use crate::making::{pdf, zip};

pub(super) fn pdf_document() -> Sample {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:creator><rdf:Seq><rdf:li>Coautora \
                  Inventada</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>".to_owned(),
        "<</Length 3>>stream\nq Q\nendstream".to_owned(),
        format!("<</Author({WHO})/Creator({WITH})/CreationDate(D:20260819123045-06'00')>>"),
        format!(
            "<</Type/Metadata/Subtype/XML/Length {}>>stream\n{packet}\nendstream",
            packet.len()
        ),
    ];
    Sample {
        media: MediaType::Pdf,
        bytes: pdf(&objects, "/Root 1 0 R/Info 5 0 R"),
        told: vec![
            (Author, WHO),
            (Author, "Coautora Inventada"),
            (Software, WITH),
            (Date, "2026-08-19 12:30"),
        ],
        planted: vec!["Inventada", WITH, "20260819"],
    }
}

/// The same with its objects in compressed streams, as PDF has them since version 1.5.
pub(super) fn packed_pdf_document() -> Sample {
    let mut sample = pdf_document();
    let mut document = lopdf::Document::load_mem(&sample.bytes).unwrap();
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).unwrap();
    assert!(bytes.windows(7).any(|part| part == b"/ObjStm"));
    sample.bytes = bytes;
    sample
}

const OFFICE: &str = "http://schemas.openxmlformats.org";
const OFFICE_TYPE: &str = "application/vnd.openxmlformats";

/// A file of Microsoft's programs: what it is, its main part, and other parts by type, path and text.
/// Its properties name who made it, who changed it, where they work and with which program.
fn office(media: MediaType, main: [&str; 3], others: &[[&str; 3]]) -> Sample {
    let core = format!(
        "<?xml version=\"1.0\"?><cp:coreProperties \
         xmlns:cp=\"{OFFICE}/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>{WHO}</dc:creator>\
         <cp:lastModifiedBy>Otra Inventada</cp:lastModifiedBy></cp:coreProperties>"
    );
    let own = format!(
        "<?xml version=\"1.0\"?><Properties \
         xmlns=\"{OFFICE}/officeDocument/2006/extended-properties\">\
         <Application>{WITH}</Application><Company>Hospital Inventado</Company></Properties>"
    );
    let properties = [
        [
            "-package.core-properties+xml",
            "docProps/core.xml",
            core.as_str(),
        ],
        [
            "-officedocument.extended-properties+xml",
            "docProps/app.xml",
            &own,
        ],
    ];
    let all = || [&main].into_iter().chain(others).chain(&properties);
    let types: Vec<_> = all()
        .map(|[kind, path, _]| {
            format!("<Override PartName=\"/{path}\" ContentType=\"{OFFICE_TYPE}{kind}\"/>")
        })
        .collect();
    let types = format!(
        "<?xml version=\"1.0\"?><Types xmlns=\"{OFFICE}/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{OFFICE_TYPE}-package.relationships+xml\"/>\
         {}</Types>",
        types.concat()
    );
    let relations = format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"{OFFICE}/package/2006/relationships\">\
         <Relationship Id=\"a\" Type=\"{OFFICE}/officeDocument/2006/relationships/officeDocument\" \
         Target=\"{}\"/>\
         <Relationship Id=\"b\" \
         Type=\"{OFFICE}/package/2006/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/>\
         <Relationship Id=\"c\" \
         Type=\"{OFFICE}/officeDocument/2006/relationships/extended-properties\" \
         Target=\"docProps/app.xml\"/></Relationships>",
        main[1]
    );
    let mut parts = vec![
        ("[Content_Types].xml", types.as_bytes(), true),
        ("_rels/.rels", relations.as_bytes(), true),
    ];
    parts.extend(all().map(|[_, path, text]| (*path, text.as_bytes(), true)));
    Sample {
        media,
        bytes: zip(&parts),
        told: vec![
            (Author, WHO),
            (Author, "Otra Inventada"),
            (Author, "Hospital Inventado"),
            (Software, WITH),
        ],
        planted: vec!["Inventad", WITH],
    }
}

pub(super) fn docx() -> Sample {
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"{OFFICE}/wordprocessingml/2006/main\"><w:body>\
         <w:p w:rsidR=\"00AB12CD\"><w:r><w:t>Lo que se ve</w:t></w:r></w:p></w:body></w:document>"
    );
    let mut sample = office(
        MediaType::Docx,
        [
            "-officedocument.wordprocessingml.document.main+xml",
            "word/document.xml",
            &document,
        ],
        &[],
    );
    sample.planted.push("00AB12CD");
    sample
}

/// With a comment, whose author is in a list of its own.
pub(super) fn xlsx() -> Sample {
    let ns = format!("xmlns=\"{OFFICE}/spreadsheetml/2006/main\"");
    office(
        MediaType::Xlsx,
        [
            "-officedocument.spreadsheetml.sheet.main+xml",
            "xl/workbook.xml",
            &format!("<?xml version=\"1.0\"?><workbook {ns}><sheets/></workbook>"),
        ],
        &[
            [
                "-officedocument.spreadsheetml.worksheet+xml",
                "xl/worksheets/sheet1.xml",
                &format!(
                    "<?xml version=\"1.0\"?><worksheet {ns}><sheetData><row><c t=\"inlineStr\"><is>\
                     <t>Lo que se ve</t></is></c></row></sheetData></worksheet>"
                ),
            ],
            [
                "-officedocument.spreadsheetml.comments+xml",
                "xl/comments1.xml",
                &format!(
                    "<?xml version=\"1.0\"?><comments {ns}><authors><author>Jefa Inventada</author>\
                     </authors><commentList/></comments>"
                ),
            ],
        ],
    )
}

/// With the list of those who comment.
pub(super) fn pptx() -> Sample {
    let ns = format!("xmlns:p=\"{OFFICE}/presentationml/2006/main\"");
    office(
        MediaType::Pptx,
        [
            "-officedocument.presentationml.presentation.main+xml",
            "ppt/presentation.xml",
            &format!("<?xml version=\"1.0\"?><p:presentation {ns}/>"),
        ],
        &[
            [
                "-officedocument.presentationml.slide+xml",
                "ppt/slides/slide1.xml",
                &format!("<?xml version=\"1.0\"?><p:sld {ns}><a:t>Lo que se ve</a:t></p:sld>"),
            ],
            [
                "-officedocument.presentationml.commentAuthors+xml",
                "ppt/commentAuthors.xml",
                &format!(
                    "<?xml version=\"1.0\"?><p:cmAuthorLst {ns}><p:cmAuthor id=\"0\" \
                     name=\"Jefa Inventada\" initials=\"\" lastIdx=\"1\" clrIdx=\"0\"/>\
                     </p:cmAuthorLst>"
                ),
            ],
        ],
    )
}

/// Of each of Microsoft's programs, files in which somebody is named beyond the reach of the library.
pub(crate) fn naming() -> Vec<(MediaType, Vec<u8>)> {
    let word = |other: &[[&str; 3]]| {
        let main = "-officedocument.wordprocessingml.document.main+xml";
        let document = format!("<w:document xmlns:w=\"{OFFICE}/wordprocessingml/2006/main\"/>");
        office(
            MediaType::Docx,
            [main, "word/document.xml", &document],
            other,
        )
        .bytes
    };
    let excel = |within: &str, other: &[[&str; 3]]| {
        let main = "-officedocument.spreadsheetml.sheet.main+xml";
        let ns = format!("xmlns=\"{OFFICE}/spreadsheetml/2006/main\"");
        let workbook = format!("<workbook {ns}>{within}<sheets/></workbook>");
        office(MediaType::Xlsx, [main, "xl/workbook.xml", &workbook], other).bytes
    };
    let power = |other: &[[&str; 3]]| {
        let main = "-officedocument.presentationml.presentation.main+xml";
        let show = format!("<p:presentation xmlns:p=\"{OFFICE}/presentationml/2006/main\"/>");
        office(
            MediaType::Pptx,
            [main, "ppt/presentation.xml", &show],
            other,
        )
        .bytes
    };
    let own = "-officedocument.own+xml";
    let people = "<w15:people><w15:person w15:author=\"Zoraida\"/></w15:people>";
    let variables = "<w:settings><w:docVars><w:docVar w:name=\"a\" w:val=\"Zoraida\"/></w:docVars>\
                     </w:settings>";
    let server = "<p:properties><Autora><UserInfo><DisplayName>Zoraida</DisplayName></UserInfo></Autora>\
                  </p:properties>";
    let folder = "<mc:AlternateContent><mc:Choice Requires=\"x15\"><x15ac:absPath \
                  url=\"C:\\Users\\Zoraida\\\"/></mc:Choice></mc:AlternateContent>";
    let sharing = "<fileSharing readOnlyRecommended=\"1\" userName=\"Zoraida\"/>";
    let persons = "<personList><person displayName=\"Zoraida\" id=\"{1}\"/></personList>";
    let revisions = "<headers><header userName=\"Zoraida\"/></headers>";
    let connections = "<connections><connection sourceFile=\"C:\\Zoraida.csv\"/></connections>";
    let authors = "<p188:authorLst><p188:author name=\"Zoraida\"/></p188:authorLst>";
    vec![
        (MediaType::Docx, word(&[[own, "word/people.xml", people]])),
        (
            MediaType::Docx,
            word(&[[own, "word/settings.xml", variables]]),
        ),
        (
            MediaType::Docx,
            word(&[[own, "customXml/item1.xml", server]]),
        ),
        (MediaType::Xlsx, excel(folder, &[])),
        (MediaType::Xlsx, excel(sharing, &[])),
        (
            MediaType::Xlsx,
            excel("", &[[own, "xl/persons/person.xml", persons]]),
        ),
        (
            MediaType::Xlsx,
            excel("", &[[own, "xl/revisions/revisionHeaders.xml", revisions]]),
        ),
        (
            MediaType::Xlsx,
            excel("", &[[own, "xl/connections.xml", connections]]),
        ),
        (MediaType::Pptx, power(&[[own, "ppt/authors.xml", authors]])),
    ]
}

pub(super) fn odt() -> Sample {
    open(
        MediaType::Odt,
        "text",
        "<office:text><text:p>Lo que se ve</text:p></office:text>",
    )
}

pub(super) fn ods() -> Sample {
    open(
        MediaType::Ods,
        "spreadsheet",
        "<office:spreadsheet><table:table table:name=\"Hoja\"><table:table-row><table:table-cell>\
         <office:annotation><dc:creator>Jefa Inventada</dc:creator></office:annotation>\
         <text:p>Lo que se ve</text:p></table:table-cell></table:table-row></table:table>\
         </office:spreadsheet>",
    )
}

pub(super) fn odp() -> Sample {
    open(
        MediaType::Odp,
        "presentation",
        "<office:presentation><draw:page draw:name=\"Uno\"><draw:frame><draw:text-box>\
         <text:p>Lo que se ve</text:p></draw:text-box></draw:frame></draw:page>\
         </office:presentation>",
    )
}

/// A file of `LibreOffice` and its kin; the settings name the printer.
fn open(media: MediaType, kind: &str, body: &str) -> Sample {
    const NS: &str = "urn:oasis:names:tc:opendocument:xmlns";
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    let manifest = format!(
        "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"{NS}:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         <manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\
         <manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"{NS}:office:1.0\" \
         xmlns:text=\"{NS}:text:1.0\" xmlns:table=\"{NS}:table:1.0\" \
         xmlns:draw=\"{NS}:drawing:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         office:version=\"1.3\"><office:body>{body}</office:body></office:document-content>"
    );
    let meta = format!(
        "<?xml version=\"1.0\"?><office:document-meta xmlns:office=\"{NS}:office:1.0\" \
         xmlns:meta=\"{NS}:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><office:meta>\
         <meta:initial-creator>{WHO}</meta:initial-creator><meta:generator>{WITH}</meta:generator>\
         <meta:creation-date>2026-08-19T12:30:45</meta:creation-date></office:meta>\
         </office:document-meta>"
    );
    let settings = format!(
        "<?xml version=\"1.0\"?><office:document-settings xmlns:office=\"{NS}:office:1.0\" \
         xmlns:config=\"{NS}:config:1.0\"><office:settings><config:config-item-set>\
         <config:config-item config:name=\"PrinterName\" config:type=\"string\">Impresora \
         Inventada</config:config-item></config:config-item-set></office:settings>\
         </office:document-settings>"
    );
    Sample {
        media,
        bytes: zip(&[
            ("mimetype", kind.as_bytes(), false),
            ("content.xml", content.as_bytes(), true),
            ("meta.xml", meta.as_bytes(), true),
            ("settings.xml", settings.as_bytes(), true),
            ("META-INF/manifest.xml", manifest.as_bytes(), true),
        ]),
        told: vec![
            (Author, WHO),
            (Device, "Impresora Inventada"),
            (Software, WITH),
            (Date, "2026-08-19 12:30"),
        ],
        planted: vec!["Inventada", WITH, "2026-08-19"],
    }
}
