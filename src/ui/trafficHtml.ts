export interface TrafficPage {
  /** Unpredictable, new for every page. */
  readonly nonce: string;
  /** The webview's own origin: `webview.cspSource`. */
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/** What the page may load: its own style sheet, its one script, nothing else, and no connections at all. */
export function contentSecurityPolicy({ nonce, cspSource }: Pick<TrafficPage, 'nonce' | 'cspSource'>): string {
  return [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `font-src 'none'`,
    `connect-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** The page around the script. It holds nothing from Twilio: data comes by message and is written as text. */
export function trafficHtml(page: TrafficPage): string {
  const { nonce, script, style } = page;
  // The toolkit gives its one style element the nonce it finds in `csp-nonce`, and reads the theme on `load`, which a deferred script precedes.
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(page)}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Traffic by Country</title>
<link rel="stylesheet" href="${style}">
<script nonce="${nonce}" src="${script}" defer></script>
</head>
<body></body>
</html>
`;
}

/** A page without script that says what it waits for. `sentence` is ours: no text from outside. */
export function waitingHtml(sentence: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Traffic by Country</title>
</head>
<body>
<p>${sentence}</p>
</body>
</html>
`;
}
