//! The attentions of the year, entered at the desk and counted a second time.

use std::collections::{BTreeMap, BTreeSet};

use domain::attention::{Channel, Done, Subject};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::super::{Member, Service};
use super::draw;

/// What was entered: how often, by year and month and by what is told of it.
#[derive(Default)]
pub(super) struct Attentions {
    /// By year, month, and part of the yearly figure.
    months: BTreeMap<(i16, i8, &'static str), u32>,
    /// By year, and any code of the form.
    codes: BTreeMap<(i16, &'static str), u32>,
    pub(super) entered: usize,
    pub(super) taken_back: usize,
}

/// The part of the yearly figure that a channel is counted under, as its heading says it.
fn part(channel: &str) -> &'static str {
    match channel {
        "TELEFONO" => "Llamadas",
        "ESCRITO_FISICO" | "CORREO" | "TURNO_OTRA_INSTANCIA" => "Escritos",
        _ => "Orientaciones",
    }
}

/// An attention that was entered.
pub(super) struct Entered {
    on: Date,
    codes: [&'static str; 3],
    taken_back: bool,
}

impl Entered {
    /// Enters one of the last days; of some, somebody finds that it was a mistake.
    pub(super) async fn enter(service: &Service, member: &Member, number: usize) -> Self {
        let choice = draw(("attention", number));
        let back = i64::try_from(choice % 12).unwrap();
        let on = service.house.today() - back.days();
        let codes = [
            Channel::ALL[choice / 12 % Channel::ALL.len()].code(),
            Subject::ALL[choice / 7 % Subject::ALL.len()].code(),
            Done::ALL[choice / 5 % Done::ALL.len()].code(),
        ];
        let [channel, subject, done] = codes;
        let form = format!(
            "csrf={}&on={on}&channel={channel}&subject={subject}&done={done}&note=n{number}.",
            member.token
        );
        let entered = service.post("/atenciones", Some(member), &form).await;
        assert_eq!(entered.status, 303, "{}", entered.body);
        let taken_back = number % 97 == 96;
        if taken_back {
            take_back(service, member, on.year(), number).await;
        }
        Self {
            on,
            codes,
            taken_back,
        }
    }
}

/// Takes one back on the page, which shows the newest ones.
async fn take_back(service: &Service, member: &Member, year: i16, number: usize) {
    let path = format!("/atenciones?year={year}");
    let page = service.get(&path, Some(member)).await.body;
    let row = page.split(&format!(">n{number}.<")).nth(1).unwrap();
    let id = row.split("/atenciones/").nth(1).unwrap();
    let id = id.split('/').next().unwrap();
    let form = format!("csrf={}", member.token);
    let path = format!("/atenciones/{id}/anular");
    let taken = service.post(&path, Some(member), &form).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
}

impl Attentions {
    /// Counts one.
    pub(super) fn note(&mut self, one: &Entered) {
        self.entered += 1;
        if one.taken_back {
            self.taken_back += 1;
            return;
        }
        let (year, month) = (one.on.year(), one.on.month());
        let part = part(one.codes[0]);
        *self.months.entry((year, month, part)).or_default() += 1;
        for code in one.codes {
            *self.codes.entry((year, code)).or_default() += 1;
        }
    }

    /// Compares what the desk counts: by month and part in the table, by anything else on the page.
    pub(super) async fn check(&self, service: &Service, member: &Member) {
        let years: BTreeSet<i16> = self.months.keys().map(|(year, ..)| *year).collect();
        let mut counted = 0;
        for year in years {
            let path = format!("/atenciones/cuentas.csv?year={year}");
            let table = service.get(&path, Some(member)).await;
            assert_eq!(table.status, 200);
            let mut rows = csv::Reader::from_reader(table.body.as_bytes());
            let head: Vec<String> = rows.headers().unwrap().iter().map(str::to_owned).collect();
            assert_eq!(
                head,
                [
                    "Mes",
                    "Llamadas",
                    "Orientaciones personales",
                    "Escritos",
                    "Total"
                ]
            );
            let rows: Vec<Vec<u32>> = rows
                .records()
                .map(|row| {
                    let row = row.unwrap();
                    row.iter()
                        .skip(1)
                        .map(|cell| cell.parse().unwrap())
                        .collect()
                })
                .collect();
            let expected = |month: i8| -> Vec<u32> {
                let of = |part| self.months.get(&(year, month, part)).copied();
                let parts = ["Llamadas", "Orientaciones", "Escritos"];
                let parts = parts.map(|part| of(part).unwrap_or_default());
                parts.into_iter().chain([parts.iter().sum()]).collect()
            };
            let mut months: Vec<Vec<u32>> = (1..=12).map(expected).collect();
            let whole = (0..4).map(|cell| months.iter().map(|row| row[cell]).sum());
            let whole: Vec<u32> = whole.collect();
            counted += usize::try_from(whole[3]).unwrap();
            months.push(whole);
            assert_eq!(rows, months, "{year}");

            let path = format!("/atenciones?year={year}");
            let page = service.get(&path, Some(member)).await.body;
            let all = Channel::ALL.iter().map(|one| ("channel", one.code()));
            let all = all.chain(Subject::ALL.iter().map(|one| ("subject", one.code())));
            let all = all.chain(Done::ALL.iter().map(|one| ("done", one.code())));
            for (list, code) in all {
                let label = label(&page, list, code);
                let count = self.codes.get(&(year, code)).copied().unwrap_or_default();
                assert!(
                    page.contains(&format!("<li>{label}: {count}</li>")),
                    "{year}, {label}: {count}"
                );
            }
        }
        assert_eq!(counted, self.entered - self.taken_back, "each counts once");
    }
}

/// What the form calls a code.
fn label<'a>(page: &'a str, list: &str, code: &str) -> &'a str {
    let list = page
        .split(&format!("<select id=\"{list}\""))
        .nth(1)
        .unwrap();
    let option = list
        .split(&format!("<option value=\"{code}\">"))
        .nth(1)
        .unwrap();
    option.split('<').next().unwrap()
}
