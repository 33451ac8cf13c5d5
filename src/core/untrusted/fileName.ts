/** Names Windows keeps for devices, whatever the extension. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const reserved = /^(?:con|prn|aux|nul|(?:com|lpt)[0-9])$/;

const longest = 48;

/** A path segment of `a-z`, `0-9` and single inner dashes, 1 to 48 long, the same on every file system. Idempotent. */
export function slug(text: string): string {
  const words = text
    .slice(0, longest * 8)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, longest)
    .replace(/-$/, '');
  if (words === '') return 'unnamed';
  return reserved.test(words) ? `x-${words}` : words;
}
