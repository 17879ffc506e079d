//! Files are looked at as clean copies, which a process of its own makes; as they were sent, only for a reason.

use std::io::{Cursor, Write as _};

use committee::log::{Content, Event, Logbook, Opened};
use domain::evidence::OriginalNeed;
use image::{ImageFormat, Rgb, RgbImage};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use reqwest::header::COOKIE;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Answer, Member, Service};
use crate::testing::story;

/// What must not come out of any file.
const CANARY: &str = "CANARIO-31415";

/// A desk with one case that has these files, and who reads them.
struct Reading {
    service: Service,
    member: Member,
    folio: String,
}

impl Reading {
    async fn of(files: &[(&str, &[u8])]) -> Self {
        let service = Service::start().await;
        let mut held = Vec::new();
        for (name, bytes) in files {
            held.push(service.house.hold(name, bytes).await);
        }
        let complaint = story("Piden dinero por cada guardia.");
        service.house.file_with(complaint, held).await;
        service.house.worker().round().await.unwrap();
        let folio = service.house.register().await[0].folio.to_string();
        let member = service.sign_in().await;
        Self {
            service,
            member,
            folio,
        }
    }

    /// The address of the page of a file.
    async fn address(&self, name: &str) -> String {
        let case = format!("/api/v1/cases/{}", self.folio);
        let case = self.service.json(&case, &self.member).await;
        let mut files = case["files"].as_array().unwrap().iter();
        let file = files.find(|file| file["name"] == name).unwrap();
        file["address"].as_str().unwrap().to_owned()
    }

    /// The page of a file.
    async fn page(&self, name: &str) -> String {
        let address = self.address(name).await;
        let page = self.service.get(&address, Some(&self.member)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        assert!(page.header("content-type").starts_with("text/html"));
        page.body
    }

    /// What is at an address, to the byte.
    async fn bytes(&self, address: &str) -> (reqwest::header::HeaderMap, Vec<u8>) {
        let address = format!("{}{address}", self.service.base);
        let request = self.service.client.get(address);
        let answer = request.header(COOKIE, &self.member.cookie).send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), 200);
        let headers = answer.headers().clone();
        (headers, answer.bytes().await.unwrap().to_vec())
    }

    async fn original(&self, address: &str, form: &str) -> Answer {
        let form = format!("csrf={}{form}", self.member.token);
        let post = self.service.post(address, Some(&self.member), &form);
        post.await
    }

    /// What the log has on files.
    async fn logged(&self) -> Vec<(Event, Option<OriginalNeed>)> {
        let house = &self.service.house;
        let book = Logbook::new(house.cases.clone());
        let all = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
        let entries = all.into_iter().filter_map(|line| match line.content {
            Content::Act(entry) => Some(entry),
            Content::Key(_) => None,
        });
        let files = [Event::FileOpened, Event::OriginalTaken];
        entries
            .filter(|entry| files.contains(&entry.event))
            .map(|entry| (entry.event, entry.need))
            .collect()
    }
}

/// The pictures of a page.
fn pictures(page: &str) -> Vec<String> {
    page.split("<img src=\"")
        .skip(1)
        .filter_map(|rest| Some(rest.split('"').next()?.to_owned()))
        .collect()
}

fn has(bytes: &[u8], part: &str) -> bool {
    bytes
        .windows(part.len())
        .any(|found| found == part.as_bytes())
}

/// A photograph with something written beside its points.
fn photograph() -> Vec<u8> {
    let points = RgbImage::from_pixel(40, 20, Rgb([200, 30, 30]));
    let mut plain = Vec::new();
    points
        .write_to(&mut Cursor::new(&mut plain), ImageFormat::Jpeg)
        .unwrap();
    let length = u16::try_from(CANARY.len() + 2).unwrap().to_be_bytes();
    let comment = [&[0xff, 0xfe], &length[..], CANARY.as_bytes()].concat();
    [&plain[..2], &comment, &plain[2..]].concat()
}

/// A document of so many pages that would run something when it is opened.
fn document(pages: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let content = b"1 0 0 rg 10 10 80 80 re f".to_vec();
    let kids: Vec<Object> = (0..pages)
        .map(|_| {
            let content = document.add_object(Stream::new(Dictionary::new(), content.clone()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => content,
                "MediaBox" => vec![0.into(), 0.into(), 100.into(), 200.into()],
            };
            document.add_object(page).into()
        })
        .collect();
    let count = i64::try_from(pages).unwrap();
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(tree, Object::Dictionary(pages));
    let script = dictionary! {
        "S" => "JavaScript", "JS" => Object::string_literal(format!("app.alert('{CANARY}')")),
    };
    let catalog = dictionary! { "Type" => "Catalog", "Pages" => tree, "OpenAction" => script };
    let catalog = document.add_object(catalog);
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn office() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>".to_owned()),
        (
            "word/document.xml",
            "<w:document><w:body><w:p><w:r><w:t>Acta &lt;b&gt; de la guardia</w:t></w:r></w:p></w:body></w:document>"
                .to_owned(),
        ),
        (
            "docProps/core.xml",
            format!("<dc:creator>{CANARY}</dc:creator>"),
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_photograph_is_drawn_anew_and_only_for_whoever_opened_its_page() {
    let reading = Reading::of(&[("foto.jpg", &photograph())]).await;
    let page = reading.page("foto.jpg").await;
    assert!(!page.contains(CANARY), "{page}");
    let pictures = pictures(&page);
    let [picture] = &pictures[..] else {
        panic!("{page}")
    };
    let (headers, bytes) = reading.bytes(picture).await;
    let header = |name: &str| headers[name].to_str().unwrap();
    assert_eq!(header("content-type"), "image/jpeg");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(
        header("content-security-policy"),
        "sandbox; default-src 'none'"
    );
    assert_eq!(
        header("content-disposition"),
        "inline; filename=\"vista.jpeg\""
    );
    assert!(!has(&bytes, CANARY));
    let points = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert_eq!(points.dimensions(), (40, 20));
    let Rgb([red, green, _]) = *points.get_pixel(20, 10);
    assert!(red > 150 && green < 80, "{red} {green}");

    // Once for the page, and not for what is on it.
    assert_eq!(reading.logged().await, [(Event::FileOpened, None)]);
    let (bare, _) = picture.rsplit_once('/').unwrap();
    let other = reading.service.sign_in().await;
    for (address, member) in [
        (bare.to_owned(), &reading.member),
        (format!("{bare}/AAAA"), &reading.member),
        (picture.clone(), &other),
        (picture.replace("/vista/1/", "/vista/0/"), &reading.member),
        (picture.replace("/vista/1/", "/vista/x/"), &reading.member),
    ] {
        let answer = reading.service.get(&address, Some(member)).await;
        assert_eq!(answer.status, 404, "{address}");
    }
    let beyond = picture.replace("/vista/1/", "/vista/2/");
    let beyond = reading.service.get(&beyond, Some(&reading.member)).await;
    assert_eq!(beyond.status, 422, "{}", beyond.body);
    assert!(
        beyond.body.contains("no tiene esa página"),
        "{}",
        beyond.body
    );
}

#[tokio::test]
async fn a_long_document_is_drawn_some_pages_at_a_time() {
    let reading = Reading::of(&[("acta.pdf", &document(12))]).await;
    let page = reading.page("acta.pdf").await;
    assert!(page.contains("Páginas del archivo: 12"), "{page}");
    assert!(!page.contains(CANARY), "{page}");
    assert_eq!(pictures(&page).len(), 10);
    let address = reading.address("acta.pdf").await;
    let rest = format!("{address}?desde=11");
    assert!(page.contains(&format!("href=\"{rest}\"")), "{page}");
    let rest = reading.service.get(&rest, Some(&reading.member)).await.body;
    assert_eq!(pictures(&rest).len(), 2);
    assert!(rest.contains("?desde=1\""), "{rest}");
    let (headers, bytes) = reading.bytes(&pictures(&rest)[1]).await;
    assert_eq!(headers["content-type"], "image/png");
    assert!(!has(&bytes, CANARY) && !has(&bytes, "JavaScript"));
    let points = image::load_from_memory(&bytes).unwrap().into_rgb8();
    assert_eq!(points.dimensions(), (200, 400));
    assert_eq!(*points.get_pixel(100, 300), Rgb([255, 0, 0]));
    assert_eq!(*points.get_pixel(5, 5), Rgb([255, 255, 255]));
}

#[tokio::test]
async fn of_texts_and_office_files_only_the_words_are_shown() {
    let turned = "no \u{202e}oiratse<script>alert(1)</script> a\u{f1}o";
    let reading = Reading::of(&[("nota.txt", turned.as_bytes()), ("acta.docx", &office())]).await;
    let text = reading.page("nota.txt").await;
    assert!(
        text.contains("no ⟦U+202E⟧oiratse&#60;script&#62;"),
        "{text}"
    );
    assert!(!text.contains("<script"), "{text}");
    let words = reading.page("acta.docx").await;
    assert!(words.contains("Acta &#60;b&#62; de la guardia"), "{words}");
    assert!(!words.contains(CANARY), "{words}");
}

#[tokio::test]
async fn what_cannot_be_shown_says_why() {
    // The head of a picture of four thousand million points.
    let huge = [
        &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0"[..],
        &[0; 40],
    ]
    .concat();
    let cut = &document(1)[..200];
    let reading = Reading::of(&[
        ("voz.mp3", b"ID3\x04\0\0\0\0\0\0\xff\xfb\x90\0"),
        ("enorme.png", &huge),
        ("cortado.pdf", cut),
        ("rara.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0y nada mas"),
        ("otra.bin", b"MZ\x90\0\x03\0\0\0"),
    ])
    .await;
    for (name, says) in [
        ("voz.mp3", "no se puede hacer una copia limpia"),
        ("enorme.png", "hecho para dañar equipos"),
        ("cortado.pdf", "No se pudo leer"),
        ("rara.jpg", "No se pudo leer"),
        ("otra.bin", "no se puede hacer una copia limpia"),
    ] {
        let page = reading.page(name).await;
        assert!(page.contains(says), "{name}: {page}");
        assert!(pictures(&page).is_empty(), "{name}");
    }
    // Without the program there is still the original.
    std::fs::remove_file(reading.service.house.cleaner()).unwrap();
    let page = reading.page("voz.mp3").await;
    assert!(page.contains("no responde"), "{page}");
    assert!(page.contains("name=\"need\""), "{page}");
}

#[tokio::test]
async fn a_file_as_it_was_sent_takes_a_reason_that_stands_in_the_log() {
    let reading = Reading::of(&[("foto.jpg", &photograph())]).await;
    let address = reading.address("foto.jpg").await;
    for form in ["", "&need=", "&need=CURIOSIDAD"] {
        let refused = reading.original(&address, form).await;
        assert_eq!(refused.status, 422, "{form}: {}", refused.body);
    }
    assert_eq!(reading.logged().await, []);
    let taken = reading.original(&address, "&need=AUTORIDAD").await;
    assert_eq!(taken.status, 200);
    assert_eq!(taken.header("content-type"), "application/octet-stream");
    assert!(
        taken
            .header("content-disposition")
            .starts_with("attachment")
    );
    assert!(taken.body.contains(CANARY));
    let need = Some(OriginalNeed::Authority);
    assert_eq!(reading.logged().await, [(Event::OriginalTaken, need)]);
    let log = reading
        .service
        .get("/bitacora", Some(&reading.member))
        .await;
    assert!(log.body.contains("Lo pide una autoridad"), "{}", log.body);
    let log = reading.service.json("/api/v1/log", &reading.member).await;
    assert!(log.to_string().contains("\"need\":\"AUTORIDAD\""), "{log}");
}
