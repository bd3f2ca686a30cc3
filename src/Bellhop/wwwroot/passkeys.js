// Asks the browser for passkeys: to make one on the account page, to sign in with one, to prove again who one is.
(() => {
  'use strict';

  const known = window.PublicKeyCredential;
  const work = Boolean(known?.parseCreationOptionsFromJSON && known.parseRequestOptionsFromJSON);

  // Null where the person closed the browser's own dialog, or the browser cannot.
  const asking = async ask => {
    try {
      return work ? JSON.stringify(await ask()) : null;
    } catch {
      return null;
    }
  };

  const get = options =>
    asking(() => navigator.credentials.get({ publicKey: known.parseRequestOptionsFromJSON(JSON.parse(options)) }));

  // A passkey belongs to one site.
  const isAt = site => work && location.hostname === site;

  window.bellhopPasskeys = {
    isAt,
    create: options =>
      asking(() => navigator.credentials.create({ publicKey: known.parseCreationOptionsFromJSON(JSON.parse(options)) })),
    get,
  };

  const form = document.getElementById('passkey-form');
  if (!form || !isAt(form.dataset.site)) {
    return;
  }

  form.hidden = false;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const failed = form.querySelector('[role=alert]');
    failed.hidden = true;
    const asked = await fetch('/sign-in/passkey/request', { method: 'POST' });
    const question = asked.ok ? await asked.json() : null;
    const credential = question && await get(question.options);
    if (!credential) {
      failed.hidden = false;
      return;
    }

    form.elements.request.value = question.request;
    form.elements.credential.value = credential;
    form.submit();
  });
})();
