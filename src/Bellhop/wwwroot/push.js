// Notices on this device although no page is open: asks the browser, and starts the worker that shows them.
(() => {
  'use strict';

  const works = () => window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window;

  const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), c => c.charCodeAt(0));

  window.bellhopPush = {
    works,

    // The subscription as JSON; null where the person or the browser does not want to.
    subscribe: async key => {
      try {
        if (!works() || await Notification.requestPermission() !== 'granted') {
          return null;
        }

        await navigator.serviceWorker.register('/push-worker.js');
        const { pushManager } = await navigator.serviceWorker.ready;
        await (await pushManager.getSubscription())?.unsubscribe();
        const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
        const { endpoint, keys } = made.toJSON();
        return JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth });
      } catch {
        return null;
      }
    },

    unsubscribe: async () => {
      const worker = works() ? await navigator.serviceWorker.getRegistration() : null;
      await (await worker?.pushManager.getSubscription())?.unsubscribe();
    },
  };
})();
