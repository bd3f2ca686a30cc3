// Shows notices that come while no page is open. It keeps no page and answers no request.
self.addEventListener('push', event => {
  const notice = event.data?.json() ?? {};
  event.waitUntil(
    self.registration.showNotification(notice.title ?? 'Bellhop', {
      tag: notice.id,
      icon: '/favicon.svg',
      data: { path: notice.path ?? '/' },
    }),
  );
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.path));
});
