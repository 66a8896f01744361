"use strict";
(() => {
  const card = document.getElementById("card");
  let about = null; // the block that the card speaks of
  let leaving = 0;

  function set(button, on) {
    button.setAttribute("aria-checked", String(on));
    const bench = button.closest(".bench");
    for (const run of bench.querySelectorAll(`.run[data-label="${button.dataset.switch}"]`)) run.hidden = !on;
    const all = bench.querySelector("[data-all]");
    if (all) all.textContent = bench.querySelector('[data-switch][aria-checked="true"]') ? "Hide all" : "Show all";
  }

  function setAll(button) {
    const switches = [...button.closest(".bench").querySelectorAll("[data-switch]")];
    const on = !switches.some((each) => each.getAttribute("aria-checked") === "true");
    for (const each of switches) set(each, on);
  }

  function press(button) {
    for (const each of button.parentElement.querySelectorAll("[aria-pressed]")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
  }

  function sort(button) {
    press(button);
    const list = document.querySelector(".index ol");
    const key = button.dataset.sort;
    const sign = key === "order" ? 1 : -1;
    const rows = [...list.children];
    rows.sort((a, b) => sign * (a.dataset[key] - b.dataset[key]) || a.dataset.order - b.dataset.order);
    list.append(...rows);
  }

  function show(block) {
    clearTimeout(leaving);
    if (about !== block) {
      hide();
      about = block;
      about.classList.add("shown");
      card.replaceChildren(...[...block.querySelector(".why").childNodes].map((node) => node.cloneNode(true)));
      card.dataset.label = block.closest("[data-label]").dataset.label;
    }
    card.hidden = false;
    place();
  }

  function hide() {
    clearTimeout(leaving);
    if (about) about.classList.remove("shown");
    about = null;
    card.hidden = true;
  }

  // Below the block, or above it where there is no room; on a narrow screen the style sheet puts it at the lower edge.
  function place() {
    if (!about) return;
    const box = about.getBoundingClientRect();
    if (matchMedia("(max-width: 39.99rem)").matches) {
      card.style.top = card.style.left = "";
      const covered = box.bottom - (innerHeight - card.offsetHeight - 8);
      if (covered > 0 && about === document.activeElement && box.top - covered > 0) scrollBy(0, covered);
      return;
    }
    const below = box.bottom + 6;
    const fits = below + card.offsetHeight < innerHeight;
    card.style.top = `${fits ? below : Math.max(8, Math.min(box.top, innerHeight) - card.offsetHeight - 6)}px`;
    card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - card.offsetWidth - 16))}px`;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.switch) set(button, button.getAttribute("aria-checked") !== "true");
    else if ("all" in button.dataset) setAll(button);
    else if (button.dataset.sort) sort(button);
    else if (button.dataset.view) {
      press(button);
      button.closest(".bench").dataset.shown = button.dataset.view;
    }
  });
  document.addEventListener("pointerover", (event) => {
    const block = event.target.closest(".out");
    if (block) show(block);
    else if (event.target.closest("#card")) clearTimeout(leaving);
    else if (about && about !== document.activeElement) {
      clearTimeout(leaving);
      leaving = setTimeout(hide, 200);
    }
  });
  document.addEventListener("focusin", (event) => {
    const block = event.target.closest(".out");
    if (block) show(block);
    else hide();
  });
  document.addEventListener("focusout", () => { leaving = setTimeout(hide, 200); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  document.addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);

  // A new document begins at its top, for the eye and for the reader of the screen.
  addEventListener("hashchange", () => {
    hide();
    const target = document.getElementById(location.hash.slice(1) || "index");
    if (target) { target.focus({ preventScroll: true }); scrollTo(0, 0); }
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details.run:not([open])")];
    for (const each of folded) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of folded) each.open = false; });
})();
