"use strict";
(() => {
  const PAUSE = 350; // milliseconds without typing
  const find = (selector) => document.querySelector(selector);
  const source = find("#source");
  const result = find("#result");
  const state = find("#state");
  const boxes = [...document.querySelectorAll(".boxes input")];
  let file = null; // { name, size, data } of what was dropped; takes the field's place
  let timer = 0;
  let asking = null;

  const profile = () => find('[name="profile"]:checked').value;
  const removedBy = (box) => box.dataset.profiles.split(" ").includes(profile());

  function question() {
    const options = {
      profile: profile(),
      drop: boxes.filter((box) => box.checked && !removedBy(box)).map((box) => box.value),
      keep: boxes.filter((box) => !box.checked && removedBy(box)).map((box) => box.value),
    };
    const given = file ? { source_base64: file.data, name: file.name } : { source: source.value, name: "What you pasted" };
    return { ...given, options };
  }

  function say(words, wrong = false) {
    state.textContent = words;
    state.classList.toggle("wrong", wrong);
  }

  async function ask() {
    if (asking) asking.abort();
    if (!file && !source.value.trim()) {
      result.replaceChildren();
      say("");
      return;
    }
    const mine = asking = new AbortController();
    result.classList.add("old");
    say("Looking at it …");
    try {
      const answer = await fetch("/view", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(question()), signal: mine.signal,
      });
      if (!answer.ok) throw new Error((await answer.json()).error);
      const html = await answer.text();
      if (mine !== asking) return;
      result.innerHTML = html;
      say("");
    } catch (error) {
      if (mine !== asking) return;
      result.replaceChildren();
      say(error.message, true);
    }
    result.classList.remove("old");
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  function take(taken) {
    const reader = new FileReader();
    reader.onload = () => {
      file = { name: taken.name, data: reader.result.slice(reader.result.indexOf(",") + 1) };
      find("#file bdi").textContent = `${taken.name}, ${taken.size.toLocaleString("en")} bytes`;
      find("#file").hidden = false;
      ask();
    };
    reader.onerror = () => say(`${taken.name} can't be read`, true);
    reader.readAsDataURL(taken);
  }

  function forget() {
    file = null;
    find("#file").hidden = true;
    find("#pick").value = "";
  }

  source.addEventListener("input", () => { forget(); soon(); });
  find("#file button").addEventListener("click", () => { forget(); ask(); source.focus(); });
  find("#pick").addEventListener("change", (event) => { if (event.target.files[0]) take(event.target.files[0]); });
  find("#ask").addEventListener("change", (event) => {
    if (event.target.name === "profile") for (const box of boxes) box.checked = removedBy(box);
    if (event.target.matches('[name="profile"], .boxes input')) ask();
  });
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
  addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
  addEventListener("drop", (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    const [taken] = event.dataTransfer.files;
    if (taken) take(taken);
  });
  if (source.value) ask(); // what a reload has kept
})();
