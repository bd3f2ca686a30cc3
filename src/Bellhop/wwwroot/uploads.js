// A file goes to the server as it is, past the page's circuit, however large; how far it is shows in the page's own progress bar.
(() => {
  'use strict';

  let sending = null;

  const send = (file, fields, page) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file, file.name);
    sending = new XMLHttpRequest();
    sending.open('POST', '/api/v1/imports');
    sending.setRequestHeader('X-CSRF-TOKEN', document.querySelector('input[name="__RequestVerificationToken"]')?.value ?? '');
    let told = 0;
    sending.upload.onprogress = event => {
      const bar = document.getElementById('upload-progress');
      if (bar && event.lengthComputable) [bar.max, bar.value] = [event.total, event.loaded];
      if (Date.now() - told > 1000) {
        told = Date.now();
        page.invokeMethodAsync('Sent', event.loaded, event.total);
      }
    };
    sending.onload = () => page.invokeMethodAsync('Received', sending.status, sending.responseText);
    sending.onerror = () => page.invokeMethodAsync('Received', 0, '');
    sending.onabort = () => page.invokeMethodAsync('Received', -1, '');
    sending.send(form);
  };

  document.addEventListener('dragover', event => {
    const drop = event.target instanceof Element ? event.target.closest('[data-drop]') : null;
    if (!drop) return;
    event.preventDefault();
    drop.classList.add('over');
  });
  document.addEventListener('dragleave', event => {
    if (event.target instanceof Element) event.target.closest('[data-drop]')?.classList.remove('over');
  });
  document.addEventListener('drop', event => {
    const drop = event.target instanceof Element ? event.target.closest('[data-drop]') : null;
    if (!drop) return;
    event.preventDefault();
    drop.classList.remove('over');
    const input = drop.querySelector('input[type="file"]');
    if (input && event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }
  });

  window.bellhopUpload = {
    // The name and size of what was chosen; null where nothing was.
    chosen: input => {
      const file = document.getElementById(input)?.files?.[0];
      return file ? { name: file.name, size: file.size } : null;
    },
    start: (input, fields, page) => {
      const file = document.getElementById(input)?.files?.[0];
      if (file) send(file, fields, page);
    },
    stop: () => sending?.abort(),
  };
})();
