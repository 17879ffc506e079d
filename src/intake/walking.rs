//! Somebody who fills in the form over real HTTP, for the tests.

use reqwest::StatusCode;

use crate::testing::{Form, House, NARRATIVE};

/// The form as one person has it before them.
#[derive(Clone)]
pub(crate) struct Walk {
    pub(crate) status: StatusCode,
    pub(crate) html: String,
}

impl Walk {
    /// Opens the form.
    pub(crate) async fn begin(house: &House) -> Self {
        let page = house.get("/denunciar").await;
        Self {
            status: page.status(),
            html: page.text().await.unwrap(),
        }
    }

    /// Fills in the whole form, each answer at its step, up to the review.
    pub(crate) async fn to_review(house: &House, answers: &[(&str, &str)]) -> Self {
        let mut walk = Self::begin(house).await;
        while walk.step() != "review" {
            let step = walk.step();
            let here: Vec<_> = answers
                .iter()
                .copied()
                .filter(|(name, _)| walk.html.contains(&format!("name=\"{name}\"")))
                .collect();
            walk.press(house, "next", &here).await;
            assert_ne!(walk.step(), step, "{}", walk.errors());
        }
        walk
    }

    /// Presses a button of the page with what was written in it.
    pub(crate) async fn press(&mut self, house: &House, button: &str, written: &[(&str, &str)]) {
        self.press_at(house, "/denunciar", button, written).await;
    }

    /// The same, with an answer from another address.
    pub(crate) async fn press_at(
        &mut self,
        house: &House,
        path: &str,
        button: &str,
        written: &[(&str, &str)],
    ) {
        let (state, step) = (self.state(), self.step());
        let mut fields = vec![("state", state.as_str()), ("step", &step), ("go", button)];
        fields.extend(written);
        let page = house.post_form(path, &fields).await;
        self.status = page.status();
        self.html = page.text().await.unwrap();
    }

    /// What the page carries.
    pub(crate) fn state(&self) -> String {
        self.hidden("state")
    }

    /// Which page it is.
    pub(crate) fn step(&self) -> String {
        self.hidden("step")
    }

    /// What a hidden field of the page holds.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let field = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let rest = self.html.split(&field).nth(1);
        let rest = rest.unwrap_or_else(|| panic!("no {name}: {}", self.html));
        rest.split('"').next().unwrap().to_owned()
    }

    /// What is said to be wrong.
    pub(crate) fn errors(&self) -> String {
        let alerts = self.html.split("role=\"alert\"").skip(1);
        alerts
            .filter_map(|rest| rest.split("</div>").next())
            .collect()
    }

    /// The twelve words of the last page but one.
    pub(crate) fn words(&self) -> Vec<String> {
        let list = self.html.split("<ol lang=\"es\">").nth(1).unwrap();
        let list = list.split("</ol>").next().unwrap();
        list.split("<li>")
            .skip(1)
            .map(|word| word.split('<').next().unwrap().to_owned())
            .collect()
    }

    /// The receipt beside them.
    pub(crate) fn receipt(&self) -> String {
        let rest = self.html.split("<code class=\"receipt\">").nth(1).unwrap();
        rest.split('<').next().unwrap().to_owned()
    }

    /// Which words are to be typed back, from 0.
    pub(crate) fn asked(&self) -> Vec<usize> {
        let labels = self.html.split("<label for=\"word-").skip(1);
        labels
            .map(|rest| {
                let label = rest.split('>').nth(1).unwrap().split('<').next().unwrap();
                label
                    .split(' ')
                    .next_back()
                    .unwrap()
                    .parse::<usize>()
                    .unwrap()
                    - 1
            })
            .collect()
    }

    /// Sends the step of the files with some, as a browser does: fields first.
    pub(crate) async fn hand_in(&mut self, house: &House, button: &str, files: &[(&str, &[u8])]) {
        let state = self.state();
        self.hand_in_with(house, &state, button, &[], files).await;
    }

    /// The same, with other fields and what another page carried.
    pub(crate) async fn hand_in_with(
        &mut self,
        house: &House,
        state: &str,
        button: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) {
        let mut form = Form::default()
            .field("state", state)
            .field("step", "evidence");
        for (name, value) in fields {
            form = form.field(name, value);
        }
        for (name, content) in files {
            form = form.file("evidence", name, content);
        }
        let page = house
            .post_parts("/denunciar", form.field("go", button))
            .await;
        self.status = page.status();
        self.html = page.text().await.unwrap();
    }
}

/// The step of the files, after the story was told.
pub(crate) async fn at_the_files(house: &House) -> Walk {
    let mut walk = Walk::begin(house).await;
    walk.press(house, "story", &[]).await;
    walk.press(house, "evidence", &[("narrative", NARRATIVE)])
        .await;
    assert_eq!(walk.step(), "evidence");
    walk
}
