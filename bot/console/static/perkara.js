// Conveniences of the page of a case, also where it is opened beside the list.
"use strict";

// A ready reply fills the field above it; without scripts a button does.
document.addEventListener("change", (event) => {
  const choice = event.target.closest("select[data-untuk]");
  const { teks: text, lampiran: brought } = choice?.selectedOptions[0]?.dataset ?? {};
  if (!text) return;
  const file = choice.form.elements.lampiran;
  if (brought && file) file.value = brought;
  const field = document.getElementById(choice.dataset.untuk);
  field.value = field.value ? `${field.value.trimEnd()}\n${text}` : text;
  choice.selectedIndex = 0;
  field.focus();
});

// "/" in an empty message opens the ready replies.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key !== "/" || field.tagName !== "TEXTAREA" || field.value) return;
  const choice = field.form?.querySelector("select[data-untuk]");
  if (!choice) return;
  event.preventDefault();
  choice.focus();
  choice.showPicker?.();
});

// Pictures are looked at in the page: turned and made larger. Without scripts they open by themselves.
const LARGEST = 4;

function turned(image, by) {
  const turn = (Number(image.dataset.putaran || 0) + by) % 4;
  image.dataset.putaran = String(turn);
}

function sized(image, by) {
  const size = Math.min(Math.max(Number(image.dataset.besar || 1) + by, 1), LARGEST);
  image.dataset.besar = String(size);
}

function view(link) {
  const part = document.getElementById("penampil-isi");
  const viewer = part.content.firstElementChild.cloneNode(true);
  const image = viewer.querySelector("img");
  image.src = link.href;
  image.alt = link.dataset.nama;
  viewer.querySelector(".viewer-name").textContent = link.dataset.nama;
  viewer.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("putar" in button.dataset) turned(image, 1);
    if ("besar" in button.dataset) sized(image, 1);
    if ("kecil" in button.dataset) sized(image, -1);
    if ("tutup" in button.dataset) viewer.close();
  });
  viewer.addEventListener("close", () => {
    viewer.remove();
    link.focus();
  });
  document.body.append(viewer);
  viewer.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-lihat]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!link || !plain || !document.getElementById("penampil-isi")) return;
  event.preventDefault();
  view(link);
});
