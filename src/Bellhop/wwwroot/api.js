// Sends what stands in an operation's form, and shows what comes back.
(() => {
  'use strict';

  const key = () => document.getElementById('key').value.trim();
  const token = () => document.querySelector('#api-key input[name="__RequestVerificationToken"]')?.value ?? '';
  const most = 200000;

  const request = form => {
    const method = form.dataset.call;
    const headers = new Headers(), query = new URLSearchParams();
    let path = form.dataset.path, body, fields;
    for (const field of form.querySelectorAll('[data-in]')) {
      const isList = field.tagName === 'TEXTAREA' && field.dataset.in !== 'body';
      const values = field.type === 'file' ? [...field.files] : isList ? field.value.split('\n') : [field.value];
      for (const value of values.filter(v => v !== '')) {
        if (field.dataset.in === 'path') path = path.replace(`{${field.name}}`, encodeURIComponent(value));
        else if (field.dataset.in === 'query') query.append(field.name, value);
        else if (field.dataset.in === 'header') headers.set(field.name, value);
        else if (field.dataset.in === 'form') (fields ??= new FormData()).append(field.name, value);
        else {
          body = value;
          headers.set('Content-Type', field.dataset.type);
        }
      }
    }

    if (key()) headers.set('Authorization', `Bearer ${key()}`);
    else if (method !== 'GET') headers.set('X-CSRF-TOKEN', token());
    // A key speaks for itself alone: the session of whoever looks at the page stays out of it.
    const options = { method, headers, body: fields ?? body, credentials: key() ? 'omit' : 'same-origin' };
    return [query.size > 0 ? `${path}?${query}` : path, options];
  };

  const pretty = text => {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  };

  const part = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);

  document.addEventListener('submit', async event => {
    const form = event.target;
    if (form.id === 'api-key') event.preventDefault();
    if (!form.dataset.call) return;
    event.preventDefault();
    const shown = form.querySelector('.answer'), button = form.querySelector('button[type="submit"]');
    button.disabled = true;
    try {
      const [address, options] = request(form);
      const began = performance.now();
      const answer = await fetch(address, options);
      const text = await answer.text();
      const time = Math.round(performance.now() - began);
      const told = ['ETag', 'Location', 'Retry-After'].filter(h => answer.headers.has(h)).map(h => `${h}: ${answer.headers.get(h)}`);
      const body = part('pre', pretty(text.slice(0, most)), { tabIndex: 0 });
      shown.replaceChildren(
        part('p', `${answer.status} ${answer.statusText} · ${time} ms`, { className: answer.ok ? 'good' : 'bad' }),
        ...told.map(line => part('p', line, { className: 'mute' })),
        ...(text ? [body] : []));
    } catch {
      shown.replaceChildren(part('p', shown.dataset.failed, { className: 'bad' }));
    } finally {
      button.disabled = false;
    }
  });

  // An address that names an operation or a schema opens it.
  const open = () => {
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (named instanceof HTMLDetailsElement) {
      named.open = true;
      named.scrollIntoView();
    }
  };
  addEventListener('hashchange', open);
  open();
})();
