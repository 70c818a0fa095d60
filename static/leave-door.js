// After signing out no name stays on this device: the lists of the door go, and what keeps its pages. What still has to be
// told to the server stays; it holds no names. src/rooms/seats/door/phone.browser.ts makes what is forgotten here.
const known = (await indexedDB.databases?.()) ?? [];
if (known.some(({ name }) => name === 'innovember-door')) {
  const asked = indexedDB.open('innovember-door');
  asked.onsuccess = () => {
    const within = asked.result.transaction(['boards', 'declined'], 'readwrite');
    for (const name of ['boards', 'declined']) within.objectStore(name).clear();
    within.oncomplete = () => asked.result.close();
  };
}
for (const worker of (await navigator.serviceWorker?.getRegistrations()) ?? []) await worker.unregister();
for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith('door ')) await caches.delete(name);
