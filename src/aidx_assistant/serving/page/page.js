// Starts the terminal in this page: its script looks for .textual-terminal once the page has loaded.
"use strict";

const terminal = document.querySelector("#terminal");
terminal.dataset.sessionWebsocketUrl = `ws://${location.host}${location.pathname}ws`;

const restart = document.querySelector("#ended button");
restart.addEventListener("click", () => location.reload());

// A page that is opened from here gets no hold on this one. Without an address, the terminal sees to that itself. It
// looks for files at the top of this server; they are beside this page.
const open = window.open.bind(window);
const [atTop, beside] = ["/download/", "download/"].map((path) => new URL(path, location).href);
window.open = (address, target) => (address ? open(address.replace(atTop, beside), target, "noopener") : open());

function start() {
  const script = document.createElement("script");
  script.src = "static/terminal.js";
  script.addEventListener("load", () => {
    window.onload(); // set by the script for a page that has yet to load
    document.querySelector(".xterm-helper-textarea").focus();
  });
  document.head.append(script);
}

// Cells are measured once, so the fonts have to be there before.
const fonts = ["16px", "italic 16px"].map((style) => document.fonts.load(`${style} "Roboto Mono"`));
const loaded = new Promise((resolve) => window.addEventListener("load", resolve));
Promise.allSettled([...fonts, loaded]).then(start);
