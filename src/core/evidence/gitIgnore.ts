const whole = new Set(['evidence', 'evidence/*', 'evidence/**', '*', '**']);

/**
 * Whether a `.gitignore` beside `evidence/` keeps it out of git; without one nothing does. Only the ways in which a folder is usually named are
 * understood: what is not is taken for not ignored, because evidence holds people's numbers and messages.
 * https://git-scm.com/docs/gitignore
 */
export function ignoresEvidence(gitIgnore: string | undefined): boolean {
  let ignored = false;
  for (const line of (gitIgnore ?? '').split(/\r?\n/)) {
    const pattern = line.trimEnd();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const taken = pattern.startsWith('!');
    const name = pattern
      .replace(/^!/, '')
      .replace(/^(?:\*\*)?\//, '')
      .replace(/\/$/, '');
    if (taken && (whole.has(name) || name.startsWith('evidence/'))) ignored = false;
    else if (!taken && whole.has(name)) ignored = true;
  }
  return ignored;
}
