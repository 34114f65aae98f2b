// What is wrong with the page for people who cannot see, hear or point well. Returns a list.
const faults = [];
const all = (query) => [...document.querySelectorAll(query)];
if (all('h1').length !== 1) faults.push('one h1');
let level = 1;
for (const heading of all('h1,h2,h3,h4')) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) faults.push('heading skips: ' + heading.innerText);
  level = next;
}
for (const field of all('input:not([type=hidden]),select,textarea'))
  if (!field.labels.length) faults.push('no label: ' + field.name);
for (const e of all('[aria-labelledby],[aria-describedby]'))
  for (const id of ['labelledby', 'describedby'].flatMap((n) => (e.getAttribute('aria-' + n) || '').match(/\S+/g) || []))
    if (!document.getElementById(id)) faults.push('points to nothing: ' + id);
const ids = all('[id]').map((e) => e.id);
for (const id of new Set(ids))
  if (ids.filter((other) => other === id).length > 1) faults.push('id twice: ' + id);
// What is folded away has no innerText.
for (const e of all('a,button'))
  if (!(e.checkVisibility() ? e.innerText : e.textContent).trim()) faults.push('no name: ' + e.outerHTML);
if (document.documentElement.lang !== 'id') faults.push('language');

const channel = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const parts = (css) => (css.match(/[\d.]+/g) || []).map(Number);
const ground = (e) => {
  for (; e; e = e.parentElement) {
    const c = parts(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] > 0.99) return c;
  }
  return [255, 255, 255];
};
for (const e of all('body *')) {
  const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  if (!own || !e.checkVisibility() || e.closest('.away,.skip,option,.badge-word')) continue;
  const [a, b] = [light(parts(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
  const contrast = (a + 0.05) / (b + 0.05);
  const words = e.textContent.trim().slice(0, 40);
  if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${words}`);
}
const targets = 'button,.menu a,.tabs a,select,textarea,input:not([type=hidden],[type=radio])';
for (const e of all(targets)) {
  if (!e.checkVisibility()) continue;
  const box = e.getBoundingClientRect();
  if (box.height < 24 || box.width < 24) faults.push('small target: ' + e.outerHTML.slice(0, 60));
}
return faults;
