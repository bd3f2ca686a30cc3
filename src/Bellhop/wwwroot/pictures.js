// A picture that was chosen becomes a PNG of a moderate size before it is sent: the server takes no other.
(() => {
  'use strict';

  document.addEventListener('change', async event => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || input.type !== 'file' || !input.dataset.picture) return;
    if (input.dataset.ready) {
      delete input.dataset.ready;
      return;
    }

    const file = input.files?.[0];
    if (!file) return;
    event.stopImmediatePropagation();
    try {
      const picture = await createImageBitmap(file);
      const part = Math.min(1, 640 / picture.width, 320 / picture.height);
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [Math.max(1, Math.round(picture.width * part)), Math.max(1, Math.round(picture.height * part))];
      canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
      const png = await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
      const files = new DataTransfer();
      files.items.add(new File([png], 'logo.png', { type: 'image/png' }));
      input.files = files.files;
    } catch {
      // It is no picture: the server says so.
    }

    input.dataset.ready = 'true';
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, true);
})();
