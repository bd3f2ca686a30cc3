// Files that go with a reply: each goes to the server as it is, past the page's circuit, however large.
(() => {
  'use strict';

  const waiting = new Map(), sending = new Map();
  let count = 0;

  const done = (key, page, status, body) => {
    sending.delete(key);
    page.invokeMethodAsync('Received', key, status, body);
  };

  const send = (key, conversation, page) => {
    const file = waiting.get(key);
    waiting.delete(key);
    if (!file) return;
    const form = new FormData(), call = new XMLHttpRequest();
    form.append('conversationId', conversation);
    form.append('file', file, file.name);
    sending.set(key, call);
    call.open('POST', '/api/v1/attachments');
    call.setRequestHeader('X-CSRF-TOKEN', document.querySelector('input[name="__RequestVerificationToken"]')?.value ?? '');
    let told = 0;
    call.upload.onprogress = event => {
      if (!event.lengthComputable || Date.now() - told < 300) return;
      told = Date.now();
      page.invokeMethodAsync('Sent', key, Math.round(100 * event.loaded / event.total));
    };
    call.onload = () => done(key, page, call.status, call.responseText);
    call.onerror = () => done(key, page, 0, '');
    call.send(form);
  };

  // A picture that is pasted is a file like any other.
  document.addEventListener('paste', event => {
    const drop = event.target instanceof Element ? event.target.closest('[data-drop]') : null;
    const input = drop?.querySelector('input[type="file"][multiple]');
    if (!input || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    input.files = event.clipboardData.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });

  window.bellhopFiles = {
    // What was chosen; the field is free for more.
    pick: id => {
      const input = document.getElementById(id);
      const picked = [...input?.files ?? []].map(file => {
        const key = `file-${++count}`;
        waiting.set(key, file);
        return { key, name: file.name, size: file.size, type: file.type };
      });
      if (input) input.value = '';
      return picked;
    },
    send,
    stop: key => {
      waiting.delete(key);
      sending.get(key)?.abort();
      sending.delete(key);
    },
  };
})();
