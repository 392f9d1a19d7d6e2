// For hosts that cannot send headers: without them a page has no SharedArrayBuffer and the lab runs on one worker.
// Loaded by the page, this file registers itself as a service worker; as a service worker it adds the headers.
'use strict'

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
}

if (typeof document === 'undefined') serve()
else askForIsolation()

function serve() {
  self.addEventListener('install', () => self.skipWaiting())
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
  self.addEventListener('fetch', (event) => {
    const { request } = event
    // Other origins are none of our business; "only-if-cached" cannot be fetched by a worker.
    if (!request.url.startsWith(self.location.origin)) return
    if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return
    event.respondWith(fetch(request).then(isolated))
  })
}

function isolated(response) {
  if (response.type === 'opaqueredirect' || response.type === 'error') return response
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value)
  const { status, statusText } = response
  const body = status === 204 || status === 205 || status === 304 ? null : response.body
  return new Response(body, { status, statusText, headers })
}

function askForIsolation() {
  const TRIED = 'isolation-reloaded'
  if (window.crossOriginIsolated || !window.isSecureContext || !('serviceWorker' in navigator)) return
  try {
    if (sessionStorage.getItem(TRIED) !== null) return // once only: where it does not help, the lab does without
    const url = document.currentScript.src
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      sessionStorage.setItem(TRIED, '1')
      location.reload()
    })
    navigator.serviceWorker.register(url).catch(() => {})
  } catch {
    // No storage (a sandboxed frame): no reload that could loop, and so none at all.
  }
}
