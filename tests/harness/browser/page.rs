//! How a page looks: its measures and its pictures.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::driver::Browser;

/// What somebody looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// How far it is zoomed in; the measures above are those that are left.
    pub zoom: u32,
}

impl Screen {
    /// The narrowest that WCAG 2.2 (1.4.10) asks for.
    pub const NARROW: Self = Self::new(320, 640, 1);
    /// A small telephone.
    pub const TELEPHONE: Self = Self::new(360, 740, 1);
    /// A desk.
    pub const DESK: Self = Self::new(1280, 900, 1);
    /// The desk at 200 %.
    pub const ZOOMED: Self = Self::new(640, 450, 2);

    const fn new(width: u32, height: u32, zoom: u32) -> Self {
        Self {
            width,
            height,
            zoom,
        }
    }
}

/// Which colours a person prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// How much a person wants to move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// As pages have it.
    Any,
    /// As little as can be.
    Less,
}

impl Browser {
    /// Shows everything on another screen; the page stays.
    pub async fn show_on(&self, screen: Screen) {
        // Without touch: where scripts are blocked, the driver waits for ever for the end of a tap.
        let parameters = json!({
            "width": screen.width,
            "height": screen.height,
            "deviceScaleFactor": screen.zoom,
            "mobile": screen.width < 500,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &parameters)
            .await;
    }

    /// Asks for light or dark colours and for more or less motion; the page stays.
    pub async fn prefer(&self, scheme: Scheme, motion: Motion) {
        let scheme = match scheme {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        };
        let motion = match motion {
            Motion::Any => "no-preference",
            Motion::Less => "reduce",
        };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.devtools(
            "Emulation.setEmulatedMedia",
            &json!({ "features": features }),
        )
        .await;
    }

    /// What is wider than the window, or why the window is not as wide as the screen.
    pub async fn overflow(&self, screen: Screen) -> Option<String> {
        // What is too wide may widen the window of a telephone: so the window is measured too.
        let measure = format!(
            "const wide = [...document.querySelectorAll('body *')]
               .filter(e => e.getBoundingClientRect().right > {} + 0.5)
               .map(e => e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40));
             return [window.innerWidth, document.documentElement.scrollWidth, wide.slice(-3)];",
            screen.width
        );
        let measured = self.run(&measure).await;
        let fits = measured[0] == screen.width && measured[1].as_u64() <= measured[0].as_u64();
        (!fits).then(|| format!("{screen:?}: {measured}"))
    }

    /// Keeps a picture of the whole page.
    ///
    /// # Panics
    /// When it cannot be written.
    pub async fn picture(&self, file: &Path) {
        let measures = self.devtools("Page.getLayoutMetrics", &json!({})).await;
        let size = &measures["cssContentSize"];
        let clip = json!({
            "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1,
        });
        // Encoding quickly makes larger files, and takes a fraction of the time.
        let parameters = json!({
            "format": "png", "captureBeyondViewport": true, "clip": clip, "optimizeForSpeed": true,
        });
        let answer = self.devtools("Page.captureScreenshot", &parameters).await;
        let png = answer["data"].as_str().map(|data| STANDARD.decode(data));
        let png = png.expect("a picture").expect("in base64");
        std::fs::write(file, png).expect("the folder can be written to");
    }

    /// The cookies of all pages, as the browser sends them.
    pub async fn cookies(&self) -> String {
        let cookies = self.devtools("Network.getAllCookies", &json!({})).await;
        let cookies = cookies["cookies"].as_array().map(Vec::as_slice);
        let pairs = cookies.unwrap_or_default().iter().map(|one| {
            let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
            format!("{}={}", text("name"), text("value"))
        });
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// What the page keeps on the device: cookies, storage, databases, caches, workers.
    pub async fn kept(&self) -> Value {
        let cookies = self.devtools("Network.getAllCookies", &json!({})).await;
        let address = self.address().await;
        let origin = address.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        let usage = self
            .devtools("Storage.getUsageAndQuota", &json!({ "origin": origin }))
            .await;
        let stored = self
            .run("return [localStorage.length, sessionStorage.length]")
            .await;
        json!({ "cookies": cookies["cookies"], "bytes": usage["usage"], "storage": stored })
    }
}
