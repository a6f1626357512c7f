import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../../sandbox/bootstrap/packages.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const onMac = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

const howTo = `A Chromium or Chrome for the browser's suite is missing. Install one, or set CHROMIUM_BIN to it:
  Debian, Ubuntu   sudo apt-get install chromium
  macOS            brew install --cask google-chrome
Or leave that suite out: npm test -- --only check,unit,ports,journeys`;

/** The installed browser. As root on Debian a missing one is installed. */
export async function installChromium() {
  const found = chromium();
  if (found) return found;
  const onDebian = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  if (!onDebian || process.env.CHROMIUM_BIN) throw new Error(howTo);
  console.log('Installing Chromium (apt-get install chromium) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  } catch (error) {
    throw new Error(`${error.message}\n\n${howTo}`);
  }
  console.log('Chromium installed.');
  return chromium();
}

function chromium() {
  if (process.env.CHROMIUM_BIN) return [process.env.CHROMIUM_BIN].find(isProgram);
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...onMac].find(isProgram);
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
