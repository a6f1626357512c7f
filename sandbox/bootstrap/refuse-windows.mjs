// Ends the process with a message on native Windows. Runs on import, before anything else does; exec.cmd runs it, too.
if (process.platform === 'win32') {
  console.error(`Pupero runs on Linux, on macOS, and on Windows through WSL. This is Windows itself.
Install WSL (in a terminal: wsl --install), then open Ubuntu from the Start menu. In its shell, with Node 20 or newer, npm
and git installed there, clone Pupero again and type: npm start`);
  process.exit(1);
}
