// Shortcuts of the keyboard for the desk; the page /ayuda lists them. Whatever they do, links and forms do
// without them. They sleep while somebody types, and with any modifier.
"use strict";
(() => {
  const places = { h: "/hoy", l: "/", t: "/tablero", c: "/calendario", b: "/buscar" };
  // How long a "g" waits for the letter that says where to go, in milliseconds.
  const PATIENCE = 1500;
  let goes = 0;

  const typing = (target) =>
    target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;

  const move = (step) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    const here = rows.indexOf(document.activeElement);
    const next = rows[here < 0 ? (step > 0 ? 0 : rows.length - 1) : here + step];
    if (next !== undefined) {
      next.focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    const modified = event.ctrlKey || event.altKey || event.metaKey;
    if (event.defaultPrevented || event.isComposing || modified || typing(event.target)) {
      return;
    }
    const after = event.timeStamp - goes < PATIENCE;
    goes = 0;
    if (after && Object.hasOwn(places, event.key)) {
      event.preventDefault();
      location.assign(places[event.key]);
      return;
    }
    switch (event.key) {
      case "g":
        goes = event.timeStamp;
        break;
      case "j":
        move(1);
        break;
      case "k":
        move(-1);
        break;
      case "?":
        location.assign("/ayuda");
        break;
      case "/": {
        const words = document.querySelector("[data-words]");
        if (words !== null) {
          event.preventDefault();
          words.focus();
        }
        break;
      }
      default:
    }
  });
})();
