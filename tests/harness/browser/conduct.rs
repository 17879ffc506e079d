//! How a page behaves: what shifts, what moves, where the focus shows, and what is printed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::driver::Browser;

/// Everything that can have the focus, in the order of the page.
const FOCUSABLE: &str = "[...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex]')]
  .filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility())";

impl Browser {
    /// How far things moved while the page came: the sum of its layout shifts, as Chromium counts them.
    /// Needs scripts to be on.
    ///
    /// # Panics
    /// When the browser does not tell.
    pub async fn shifts(&self) -> f64 {
        // After two frames all of the page has been painted. An entry of the navigation is always
        // there, so that the list comes even when nothing shifted.
        let sum = "new Promise(done => {
            const seen = new PerformanceObserver(list => done(list.getEntries()
              .filter(e => e.entryType === 'layout-shift').reduce((sum, e) => sum + e.value, 0)));
            requestAnimationFrame(() => requestAnimationFrame(() => {
              seen.observe({ type: 'navigation', buffered: true });
              seen.observe({ type: 'layout-shift', buffered: true });
            }));
          })";
        let parameters = json!({ "expression": sum, "awaitPromise": true, "returnByValue": true });
        let answer = self.devtools("Runtime.evaluate", &parameters).await;
        let sum = answer["result"]["value"].as_f64();
        sum.unwrap_or_else(|| panic!("the layout shifts: {answer}"))
    }

    /// What moves of its own accord, or when it is pointed at, as the page is shown.
    pub async fn moving(&self) -> Vec<String> {
        let find = "return [...document.querySelectorAll('*')].filter(e => {
            const look = getComputedStyle(e);
            return /[1-9]/.test(look.transitionDuration) || look.animationName !== 'none'
              || look.scrollBehavior === 'smooth';
          }).map(e => e.tagName + '.' + e.className)";
        texts(&self.run(find).await)
    }

    /// What can have the focus without a ring of two pixels, in sight, around it.
    pub async fn unmarked(&self) -> Vec<String> {
        let find = format!(
            "const before = document.activeElement, place = scrollY;
             const bad = {FOCUSABLE}.filter(e => {{
               e.focus();
               const look = getComputedStyle(e), box = e.getBoundingClientRect();
               const ring = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
               return !(ring && document.activeElement === e && box.width > 0 && box.bottom > 0
                 && box.top < innerHeight);
             }}).map(e => e.outerHTML.slice(0, 90));
             document.activeElement.blur();
             before.focus();
             scrollTo(0, place);
             return bad;"
        );
        texts(&self.run(&find).await)
    }

    /// What can have the focus with a ring that differs too little from what lies behind it: less than
    /// 3 to 1 (WCAG 2.2, 1.4.11 and 2.4.13), in the colours that the page has now.
    pub async fn faint(&self) -> Vec<String> {
        // A canvas knows every way of writing a colour, and lays one over the other.
        let find = format!(
            "const before = document.activeElement, place = scrollY;
             const canvas = Object.assign(document.createElement('canvas'), {{ width: 1, height: 1 }});
             const paper = canvas.getContext('2d', {{ willReadFrequently: true }});
             const bright = colours => {{
               paper.clearRect(0, 0, 1, 1);
               for (const one of ['Canvas', ...colours]) {{
                 paper.fillStyle = one;
                 paper.fillRect(0, 0, 1, 1);
               }}
               const [r, g, b] = [...paper.getImageData(0, 0, 1, 1).data].map(c => c / 255)
                 .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
               return 0.2126 * r + 0.7152 * g + 0.0722 * b;
             }};
             const behind = e => e ? [...behind(e.parentElement), getComputedStyle(e).backgroundColor] : [];
             const bad = {FOCUSABLE}.flatMap(e => {{
               e.focus();
               const look = getComputedStyle(e);
               if (look.outlineStyle === 'none') return [];
               // A ring that is drawn inward lies on the thing itself.
               const ground = behind(parseFloat(look.outlineOffset) < 0 ? e : e.parentElement);
               const [low, high] = [bright(ground), bright([...ground, look.outlineColor])]
                 .sort((a, b) => a - b);
               const ratio = (high + 0.05) / (low + 0.05);
               return ratio < 3 ? [ratio.toFixed(2) + ' ' + e.outerHTML.slice(0, 90)] : [];
             }});
             document.activeElement.blur();
             before.focus();
             scrollTo(0, place);
             return bad;"
        );
        texts(&self.run(&find).await)
    }

    /// Everything that can have the focus, as [`Browser::focus`] describes it, in the order of the page.
    pub async fn stops(&self) -> Vec<String> {
        texts(
            &self
                .run(&format!("{DESCRIBE} return {FOCUSABLE}.map(describe);"))
                .await,
        )
    }

    /// What has the focus, in a few words.
    pub async fn focus(&self) -> String {
        let name = self
            .run(&format!(
                "{DESCRIBE} return describe(document.activeElement);"
            ))
            .await;
        name.as_str().unwrap_or_default().to_owned()
    }

    /// The page on paper, as PDF, with the title and the address that a browser prints if it can.
    ///
    /// # Panics
    /// When it is not printed.
    pub async fn print(&self) -> Vec<u8> {
        let parameters = json!({
            "displayHeaderFooter": true,
            "preferCSSPageSize": true,
            "paperWidth": 8.5,
            "paperHeight": 11,
        });
        let answer = self.devtools("Page.printToPDF", &parameters).await;
        let pdf = answer["data"].as_str().map(|data| STANDARD.decode(data));
        pdf.expect("a PDF").expect("in base64")
    }
}

/// Names an element by what a person would tell it by.
const DESCRIBE: &str = "const describe = e => e.tagName.toLowerCase() + ' '
  + ((e.tagName === 'BUTTON' && e.value) || e.getAttribute('name') || e.getAttribute('href')
    || e.getAttribute('type') || e.id || '');";

fn texts(list: &Value) -> Vec<String> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}
