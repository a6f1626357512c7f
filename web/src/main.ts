import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startLanguage } from './i18n/i18n.svelte.ts';
import { session } from './session/session.svelte.ts';
import { opening } from './shell/opening.svelte.ts';
import { trackVisits } from './shell/visits.ts';

void session.restore().catch(() => {}); // If the API is down, the banner says so and retries.
addEventListener('vite:preloadError', opening.fail);
trackVisits();
await startLanguage();
mount(App, { target: document.getElementById('app')! });
