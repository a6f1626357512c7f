import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startLanguage } from './i18n/i18n.svelte.ts';
import { session } from './session/session.svelte.ts';

void session.renew().catch(() => {}); // When the API is down, the banner says so and asks again.
// A page of an older build asks for files that a newer one has replaced.
addEventListener('vite:preloadError', () => location.reload());
await startLanguage();
mount(App, { target: document.getElementById('app')! });
