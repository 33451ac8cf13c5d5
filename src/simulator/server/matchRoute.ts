import { notFound, Refusal } from './answer.ts';
import type { Route } from './route.ts';

interface Matched {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** The operation a request asks for; an unknown place is 404, a known place with another method 405. */
export function createRouter(routes: readonly Route[]): (host: string, method: string, pathname: string) => Matched {
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (host, method, pathname) => {
    const here = patterns.filter(({ route, pattern }) => route.host === host && pattern.test(pathname));
    const found = here.find(({ route }) => route.method === method);
    if (found) return { route: found.route, path: valuesOf(found.pattern, pathname) };
    if (here.length > 0) throw new Refusal(405, 20004, 'Method not allowed');
    throw notFound(pathname);
  };
}

function patternOf(path: string): RegExp {
  const source = path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+?)`);
  return new RegExp(`^${source}$`);
}

function valuesOf(pattern: RegExp, pathname: string): Readonly<Record<string, string>> {
  const groups = pattern.exec(pathname)?.groups ?? {};
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw notFound(pathname);
  }
}
