// The chat with a script: nothing is loaded anew, and what is sent shows at once.
'use strict';
{
  const at = (id) => document.getElementById(id);
  const log = at('log'), form = at('tulis'), text = at('teks'), file = at('berkas');
  const words = at('kata').dataset, busy = at('sibuk'), wrong = at('salah'), path = form.action;
  const csrf = form.elements.csrf.value, LARGEST = 10485760, SIDE = 1600;
  const queue = [];
  let sending = false, stream = null, last = Number(log.dataset.akhir) || 0, title = document.title, unread = 0;

  const nonce = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(36)).join('');
  const end = () => window.scrollTo(0, document.body.scrollHeight);
  const atEnd = () => window.innerHeight + window.scrollY > document.body.scrollHeight - 160;
  const say = (what) => { wrong.textContent = what; };
  const make = (tag, kind, words) => Object.assign(document.createElement(tag), { className: kind, textContent: words });

  function choose(answer) {
    const button = log.querySelector(`button[value="${CSS.escape(answer)}"]`);
    if (!button) return;
    const chosen = make('p', 'dipilih', words.dipilih + ' ');
    chosen.append(make('b', '', button.textContent));
    button.parentNode.replaceWith(chosen);
  }

  function ready(inside) {
    if (!navigator.geolocation || !isSecureContext) return;
    for (const button of inside.querySelectorAll('.lokasi')) button.hidden = false;
  }

  // Lines that came, as HTML of our own server.
  function add(html) {
    const near = atEnd(), piece = document.createElement('div');
    piece.innerHTML = html;
    for (const line of [...piece.children]) {
      const known = line.id && at(line.id);
      const mine = line.dataset.kunci && log.querySelector(`[data-kunci="${CSS.escape(line.dataset.kunci)}"]`);
      if (line.dataset.jawab) choose(line.dataset.jawab);
      last = Math.max(last, Number(line.id.slice(1)) || 0);
      if (known) continue;
      if (mine) {
        mine.id = line.id;
        mine.lastElementChild.replaceWith(line.lastElementChild);
        continue;
      }
      log.append(line);
      if (!line.classList.contains('saya')) {
        busy.textContent = '';
        if (document.hidden) document.title = `(${++unread}) ${title}`;
      }
      ready(line);
    }
    if (near) end();
  }

  function listen() {
    if (stream) stream.close();
    stream = new EventSource(`${path}/aliran?sejak=${last}`);
    stream.addEventListener('baris', (event) => add(event.data));
    stream.addEventListener('selesai', () => { stream.close(); location.replace(path); });
    stream.addEventListener('hapus', (event) => {
      for (const line of [...log.children]) if (Number(line.id.slice(1)) < Number(event.data)) line.remove();
    });
    stream.onopen = () => { if (busy.textContent === words.putus) busy.textContent = ''; };
    stream.onerror = () => { if (last) busy.textContent = words.putus; };
  }

  function show(entry) {
    const line = make('div', 'b saya', '');
    line.dataset.kunci = entry.nonce;
    line.append(make('b', 'jauh', `${words.anda}:`), ` ${entry.shown}`, make('small', '', words.mengirim));
    log.append(line);
    busy.textContent = '';
    end();
    return line;
  }

  function body(entry) {
    const data = new FormData();
    data.append('csrf', csrf);
    data.append('kunci', entry.nonce);
    for (const [name, value] of Object.entries(entry.fields)) data.append(name, value);
    const open = stream && stream.readyState === EventSource.OPEN;
    if (!open && last) data.append('sejak', last);
    return entry.fields.berkas ? data : new URLSearchParams(data);
  }

  async function work() {
    if (sending) return;
    sending = true;
    while (queue.length) {
      const entry = queue[0];
      try {
        const answer = await fetch(path, { method: 'POST', body: body(entry), headers: { 'X-Skrip': '1' }, redirect: 'error' });
        const said = await answer.text();
        if (answer.status === 429 || answer.status >= 500) {
          say(said);
          throw new Error();
        }
        queue.shift();
        taken(entry, answer, said);
      } catch {
        failed(entry);
        break;
      }
    }
    sending = false;
  }

  function taken(entry, answer, said) {
    if (answer.ok) {
      const small = entry.line.querySelector('small');
      if (small) small.textContent = '';
      clearTimeout(entry.later);
      setTimeout(() => { if (entry.line === log.lastElementChild) busy.textContent = busy.dataset.kata; }, 800);
      say('');
      if (said) add(said);
      if (!begun) begin();
      return;
    }
    entry.line.remove();
    if (entry.fields.teks && !text.value) text.value = entry.fields.teks;
    say(answer.status === 403 ? words.usang : said);
  }

  // The same form again has the same mark, so it counts once however often it is sent.
  function failed(entry) {
    const small = entry.line.querySelector('small');
    small.textContent = words.gagal + ' ';
    const again = make('button', 'dua', words.lagi);
    again.type = 'button';
    again.onclick = retry;
    small.append(again);
    entry.tries = (entry.tries || 0) + 1;
    entry.later = setTimeout(retry, Math.min(2000 * 2 ** entry.tries, 30000));
  }
  function retry() {
    if (sending || !queue.length) return;
    clearTimeout(queue[0].later);
    queue[0].line.querySelector('small').textContent = words.mengirim;
    work();
  }

  function send(fields, shown) {
    say('');
    const entry = { nonce: nonce(), fields, shown };
    const shared = at('bersama');
    if (shared && shared.checked) fields.bersama = '1';
    entry.line = show(entry);
    queue.push(entry);
    work();
    return entry.line;
  }

  // A photo is made small before it is sent: here every megabyte is paid for.
  async function smaller(picture) {
    if (!picture.type.startsWith('image/')) return picture;
    try {
      const bitmap = await createImageBitmap(picture, { imageOrientation: 'from-image' });
      const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.8));
      return made && made.size < picture.size ? made : picture;
    } catch {
      return picture;
    }
  }

  const label = file.nextElementSibling, called = label.textContent;
  function name() {
    label.textContent = file.files[0] ? file.files[0].name : called;
  }

  async function submit() {
    const said = text.value.trim(), chosen = file.files[0];
    if (!said && !chosen) { say(words.kosong); text.focus(); return; }
    const fields = said ? { teks: said } : {};
    if (chosen) {
      fields.berkas = await smaller(chosen);
      if (fields.berkas.size > LARGEST) { say(words.besar); return; }
    }
    const kind = chosen ? (chosen.type === 'application/pdf' ? words.dokumen : words.foto) : '';
    text.value = file.value = '';
    name();
    send(fields, [kind, said].filter(Boolean).join('\n'));
  }

  function place() {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => send({ lokasi: `${coords.latitude.toFixed(6)},${coords.longitude.toFixed(6)}` }, words.tempat),
      () => say(words.lokasi),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const example = event.submitter && event.submitter.name === 'contoh';
    if (example) send({ teks: event.submitter.value }, event.submitter.value);
    else submit();
  });
  file.addEventListener('change', name);
  at('pilih').addEventListener('submit', (event) => {
    event.preventDefault();
    const button = event.submitter;
    const fields = { [button.name]: button.value };
    const line = send(fields, button.textContent);
    if (button.name === 'pilih') choose(button.value);
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
  });
  document.addEventListener('click', (event) => {
    if (event.target.closest('.lokasi, #lokasi')) place();
  });
  text.addEventListener('keydown', (event) => {
    const typed = event.key === 'Enter' && !event.shiftKey && !event.isComposing;
    if (typed && !matchMedia('(pointer: coarse)').matches) { event.preventDefault(); submit(); }
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) { unread = 0; document.title = title; }
  });
  window.addEventListener('online', retry);

  // The first message has made a chat of this page.
  let begun = !at('awal');
  function begin() {
    begun = true;
    at('awal').hidden = at('masuk').hidden = true;
    at('menu').hidden = false;
    const shared = at('bersama');
    at('di-bersama').hidden = !shared.checked;
    listen();
  }
  document.body.classList.add('skrip');
  if (begun) listen();
  if (navigator.geolocation && isSecureContext) at('lokasi').hidden = false;
  ready(log);
  if (log.children.length) end();
}
