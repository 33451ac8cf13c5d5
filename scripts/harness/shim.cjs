// Runs in the extension host in front of the real tests module. VS Code sends the host's console and its own log through one pipe:
// the mark tells them apart on the other side. (console.log itself cannot be replaced there, VS Code ignores the assignment.)
const { format } = require('node:util');

const mark = '\u2063';
const host = console;

exports.run = async () => {
  globalThis.console = new Proxy(host, {
    get: (target, key) => {
      if (key !== 'log' && key !== 'info' && key !== 'warn' && key !== 'error') return Reflect.get(target, key);
      return (/** @type {unknown[]} */ ...args) => target[key](`${mark}${key}${mark}${format(...args)}`);
    },
  });
  await require(process.env['HARNESS_TESTS_PATH'] ?? '').run();
  host.log(`${mark}done${mark}`); // VS Code reports a host that was killed as exit code 0: only this line makes a run count
};
