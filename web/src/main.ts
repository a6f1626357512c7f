import './app.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { startLanguage } from './i18n/i18n.svelte.ts';
import { session } from './session/session.svelte.ts';
import { opening } from './shell/opening.svelte.ts';
import { rememberPlaces } from './shell/places.ts';

void session.restore().catch(() => {}); // When the API is down, the banner says so and asks again.
addEventListener('vite:preloadError', opening.fail);
rememberPlaces();
await startLanguage();
mount(App, { target: document.getElementById('app')! });
