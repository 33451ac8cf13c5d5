// Runs a command for as long as the process that asked for it lives: standard input is a pipe from that process, and a pipe ends even
// when its owner is killed. Then the whole process group goes, so that no server outlives a broken test run.
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('exit', (code) => process.exit(code ?? 1));
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
process.stdin.resume().on('close', () => process.kill(-process.pid, 'SIGKILL'));
process.on('SIGTERM', () => {}); // the child has it too, and its end is ours
process.on('SIGINT', () => {});
